/** XML is read as a stream of elements; hostile and broken files end in an error with line and remedy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../core/errors.ts';
import { memorySource } from '../fileSource.ts';
import { DEFAULT_IMPORT_LIMITS, type ProbedFile } from '../importTypes.ts';
import { createNoticeList } from '../notices.ts';
import { failureOf } from '../testFiles.ts';
import { readXml, type XmlScope } from './xmlReader.ts';

/** A file that arrives in pieces of so many bytes. */
function probed(content: string | Uint8Array, pieceBytes = 1 << 20): ProbedFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source = {
    ...memorySource('graph.xml', bytes),
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes);
    },
  };
  return { source, head: bytes.subarray(0, 65_536) };
}

/** Everything that is heard, in order: `name@line {attributes}`, text in quotes, `/`. */
async function eventsOf(content: string | Uint8Array, pieceBytes?: number, limits = DEFAULT_IMPORT_LIMITS) {
  const events: string[] = [];
  const notices = createNoticeList();
  let text = '';
  const flush = (): void => {
    if (text.trim() !== '') events.push(`'${text}'`);
    text = '';
  };
  const scope: XmlScope = {
    child(name, attributes, line) {
      flush();
      events.push(`${name}@${line} ${JSON.stringify(attributes)}`);
      return scope;
    },
    text: (piece) => {
      text += piece;
    },
    close: () => {
      flush();
      events.push('/');
    },
  };
  await readXml(probed(content, pieceBytes), { limits }, notices, { root: 'r', scope });
  return { events, codes: notices.all().map(({ code }) => code) };
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const SAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment with <r> in it -->
<!DOCTYPE r SYSTEM "http://127.0.0.1/never.dtd" [<!ELEMENT r ANY>]>
<p:r xmlns:p="urn:x">
  <viz:node id="a&amp;b"
     label='caf&#233; "&#x1F600;"'/>
  <
data>x &lt; <![CDATA[y & <z>]]></data>
  <node
    id="é"
  >1<!-- cut -->2</node>
</p:r>
`.replace('<\ndata>', '<data>');

const EVENTS = [
  'node@5 {"id":"a&b","label":"café \\"😀\\""}',
  '/',
  'data@7 {}',
  "'x < y & <z>'",
  '/',
  'node@8 {"id":"é"}',
  "'12'",
  '/',
  '/',
];

describe('readXml', () => {
  it('tells elements by local name with their lines, attributes and text', async () => {
    expect(await eventsOf(SAMPLE)).toEqual({ events: EVENTS, codes: [] });
  });

  it('hears the same however the file is cut into pieces', async () => {
    for (const size of [1, 2, 3, 7, 64]) expect((await eventsOf(SAMPLE, size)).events).toEqual(EVENTS);
    expect((await eventsOf(SAMPLE.replaceAll('\n', '\r\n'), 1)).events).toEqual(EVENTS);
  });

  it('is safe with names that mean something to objects', async () => {
    const { events } = await eventsOf('<r><__proto__ constructor="1" __proto__="2"/></r>');
    expect(events[0]).toBe('__proto__@1 {"constructor":"1","__proto__":"2"}');
    expect(await failureOf(eventsOf('<r>&constructor;</r>'))).toMatchObject({ code: 'xml-entity-unknown' });
    expect(await failureOf(eventsOf('<r>&__proto__;</r>'))).toMatchObject({ code: 'xml-entity-unknown' });
  });

  it('skips blanks before the declaration and keeps the lines right', async () => {
    const { events, codes } = await eventsOf('\n \n<?xml version="1.0"?>\n<r><a/></r>', 1);
    expect(events).toEqual(['a@4 {}', '/', '/']);
    expect(new Set(codes)).toEqual(new Set(['xml-blank-start']));
  });
});

describe('encodings', () => {
  const document = (encoding: string, text: string): string =>
    `<?xml version="1.0" encoding="${encoding}"?><r><a v="${text}"/></r>`;

  it.each([
    ['ISO-8859-1', latin1(document('ISO-8859-1', 'caf\xe9')), 'café', []],
    // Two Latin-1 letters that would be one in UTF-8: the declaration decides, not the bytes.
    ['ISO-8859-1', latin1(document('ISO-8859-1', '\xc3\xa9')), 'Ã©', []],
    ['windows-1251', latin1(document('windows-1251', '\xef\xf0')), 'пр', []],
    ['Shift_JIS', latin1(document('Shift_JIS', '\x93\xfa')), '日', []],
    ['UTF-8', latin1(document('UTF-8', 'caf\xe9')), 'café', ['encoding-mistaken']],
    ['utf-16', new TextEncoder().encode(document('utf-16', 'é')), 'é', ['encoding-mistaken']],
    ['none', latin1(document('none', 'a')), 'a', ['encoding-mistaken']],
    ['UTF-8', new TextEncoder().encode(`\uFEFF${document('UTF-8', 'é')}`), 'é', []],
  ])('reads %s', async (_, bytes, value, expectedCodes) => {
    const { events, codes } = await eventsOf(bytes, 5);
    expect(events[0]).toBe(`a@1 {"v":"${value}"}`);
    expect(codes).toEqual(expectedCodes);
  });

  it('reads UTF-16 by its mark', async () => {
    const text = `\uFEFF${document('UTF-16', 'é')}`;
    const bytes = new Uint8Array(new Uint16Array(Array.from(text, (c) => c.charCodeAt(0))).buffer);
    expect((await eventsOf(bytes, 3)).events[0]).toBe('a@1 {"v":"é"}');
  });

  it('uses the declaration although the first 64 KiB are plain ASCII', async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?><r>${' '.repeat(70_000)}<a v="caf\xe9"/></r>`;
    expect((await eventsOf(latin1(text))).events[0]).toBe('a@1 {"v":"café"}');
  });

  it('refuses an encoding that nobody knows', async () => {
    expect(await failureOf(eventsOf(latin1(document('x-martian', 'caf\xe9'))))).toMatchObject({
      name: 'ParseError',
      code: 'unknown-encoding',
      message: "graph.xml line 1: the encoding 'x-martian' is not known.",
      remedy: 'Save the file as UTF-8 and drop it again.',
    });
  });
});

describe('hostile files', () => {
  it('never expand declared entities', async () => {
    const bomb = `<?xml version="1.0"?>
<!DOCTYPE r [
  <!-- <!ENTITY harmless "x"> -->
  <!ENTITY lol "lol">
  <!ENTITY lol2 "&lol;&lol;&lol;">
]>
<r>&lol2;</r>`;
    for (const size of [1, 1000]) {
      expect(await failureOf(eventsOf(bomb, size))).toEqual({
        name: 'ParseError',
        code: 'xml-entity-declared',
        message: 'graph.xml line 4: the file declares entities of its own, which are never expanded.',
        remedy: 'Save the file without <!ENTITY …> lines: write the text where &name; stands.',
        details: { file: 'graph.xml', line: 4 },
      });
    }
    const outside = '<!DOCTYPE r [<!ENTITY % e SYSTEM "file:///etc/passwd">]><r/>';
    expect(await failureOf(eventsOf(outside))).toMatchObject({ code: 'xml-entity-declared' });
  });

  it('stop at 256 levels, 256 attributes, long values and endless pieces', async () => {
    const deep = (levels: number): string => `<r>${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}</r>`;
    expect((await eventsOf(deep(255))).events).toHaveLength(511);
    expect(await failureOf(eventsOf(deep(256)))).toMatchObject({
      name: 'LimitError',
      code: 'xml-too-deep',
      message: 'graph.xml line 1: elements are nested deeper than 256 levels.',
    });
    const wide = (count: number): string =>
      `<r>\n<a ${Array.from({ length: count }, (_, at) => `a${at}=""`).join(' ')}/></r>`;
    expect((await eventsOf(wide(256))).events).toHaveLength(3);
    expect(await failureOf(eventsOf(wide(257)))).toMatchObject({
      code: 'too-many-xml-attributes',
      message: 'graph.xml line 2: an element has more than 256 attributes.',
    });
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxCellBytes: 10 };
    for (const content of ['<r><a v="12345678901"/></r>', '<r><a>12345<b/>678901</a></r>']) {
      expect(await failureOf(eventsOf(content, 1000, limits))).toMatchObject({ code: 'value-too-long' });
    }
    expect(await failureOf(eventsOf(`<r><!--${'x'.repeat(33 << 20)}--></r>`))).toMatchObject({
      code: 'xml-too-long',
    });
  });
});

describe('broken files', () => {
  const CUT = 'The file was cut off: copy or download it again.';
  const REMEDY = 'Correct the file at that line, or export it again from the program that made it.';
  const ENTITY = 'Write a bare & as &amp;, and other characters as they are or by number, as in &#233;.';
  const ESCAPES = 'Write & as &amp; and < as &lt; inside values, or export the file again.';
  it.each([
    ['<r>\n<a>\n', 'line 3: the file ends inside <a>, which starts on line 2.', CUT],
    ['<r>\n<a b="1', 'line 2: the file ends inside <r>, which starts on line 1.', CUT],
    ['<!-- only -->', 'line 1: the file ends before it is complete.', CUT],
    ['<r>\n<a></b></r>', 'line 2: another element is closed before <a> of line 2.', REMEDY],
    ['<r>\n<a b=1/></r>', 'line 2: an attribute value without quotes.', REMEDY],
    ['<r>\n<a b/></r>', 'line 2: an attribute that is not written name="value".', REMEDY],
    ['<r>\n<a b="1" b="2"/></r>', 'line 2: not well-formed XML: duplicate attribute: b.', REMEDY],
    ['<r>\na & b\n</r>', 'line 2: a & that starts no entity.', ENTITY],
    ['<r>\na & b\n<c/>&lt;</r>', 'line 2: a & that starts no entity.', ENTITY],
    [`<r>\na & b${'\n.'.repeat(99)}</r>`, 'line 2: a & that starts no entity.', ENTITY],
    ['<r>\na &; b</r>', 'line 2: a & or < that starts neither an entity nor an element.', ESCAPES],
    ['<r>\n1 < 2</r>', 'line 2: a & or < that starts neither an entity nor an element.', ESCAPES],
    [
      '<r>\n\u0001</r>',
      'line 2: a character that XML forbids (a control character, or a < inside a value).',
      'Remove the character, or write < as &lt; inside values.',
    ],
    ['<r/>\n<r/>', 'line 2: a second document begins.', 'Split the file: one document per file.'],
    [
      '<r/>\nend',
      'line 2: text outside of all elements.',
      'Remove what stands before the first or after the last element.',
    ],
    ['<r>\n&eacute;</r>', "line 2: the entity '&eacute;' is not known.", ENTITY],
    [
      '<html>\n</html>',
      'line 1: the file starts with <html>, not with <r>.',
      'Check that the file is what its name says, and choose another format than R.',
    ],
  ])('%j', async (content, message, remedy) => {
    for (const size of [1, 1000]) {
      const failure = await failureOf(eventsOf(content, size));
      expect(failure).toMatchObject({ name: 'ParseError', message: `graph.xml ${message}`, remedy });
    }
  });

  it('always end in an explained error or are read', async () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      ';',
      '"',
      "'",
      '!',
      '[',
      ']',
      '-',
      '?',
      '=',
      'a',
      '\u0000',
      '',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(SAMPLE.length - 1),
        fc.nat(12),
        fc.array(piece, { maxLength: 4 }),
        fc.integer({ min: 1, max: 200 }),
        async (at, removed, inserted, size) => {
          const broken = SAMPLE.slice(0, at) + inserted.join('') + SAMPLE.slice(at + removed);
          try {
            await eventsOf(broken, size);
          } catch (error) {
            expect(error).toBeInstanceOf(WorkbenchError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
