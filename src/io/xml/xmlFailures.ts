/** What saxes says about broken XML, as sentences with a remedy. */
import { failSyntax } from '../records/syntaxFailure.ts';

/** The five entities of https://www.w3.org/TR/xml/#sec-predefined-ent; numbers need no table. */
export const KNOWN_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REMEDY = 'Correct the file at that line, or export it again from the program that made it.';
const REMEDY_OF_ESCAPES = 'Write & as &amp; and < as &lt; inside values, or export the file again.';

interface Explanation {
  readonly pattern: RegExp;
  readonly what: string;
  readonly remedy: string;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /^disallowed character\.$|^malformed character entity/,
    what: 'a character that XML forbids (a control character, or a < inside a value).',
    remedy: 'Remove the character, or write < as &lt; inside values.',
  },
  {
    pattern: /disallowed character in tag name|empty entity name/,
    what: 'a & or < that starts neither an entity nor an element.',
    remedy: REMEDY_OF_ESCAPES,
  },
  {
    pattern:
      /disallowed character in attribute name|no whitespace between attributes|attribute without value/,
    what: 'an attribute that is not written name="value".',
    remedy: REMEDY,
  },
  { pattern: /unquoted attribute value/, what: 'an attribute value without quotes.', remedy: REMEDY },
  {
    pattern: /text data outside of root/,
    what: 'text outside of all elements.',
    remedy: 'Remove what stands before the first or after the last element.',
  },
  {
    pattern: /documents may contain only one root/,
    what: 'a second document begins.',
    remedy: 'Split the file: one document per file.',
  },
  {
    pattern: /must contain a root element|unexpected end/,
    what: 'the file ends before it is complete.',
    remedy: 'The file was cut off: copy or download it again.',
  },
];

/**
 * @param message of saxes, which may begin with its own 'line:column: '
 * @param closed the element that was ended last
 * @throws {ParseError} always; code `malformed-xml`
 */
export function failMalformed(
  path: string,
  line: number,
  message: string,
  closed: { readonly name: string; readonly line: number } | undefined,
): never {
  const reason = message.replace(/^\d+:\d+: /, '');
  if (closed !== undefined && reason === 'unexpected close tag.') {
    const what = `another element is closed before <${closed.name}> of line ${closed.line}.`;
    failSyntax(path, line, what, REMEDY, 'malformed-xml');
  }
  const known = EXPLANATIONS.find(({ pattern }) => pattern.test(reason));
  failSyntax(
    path,
    line,
    known?.what ?? `not well-formed XML: ${reason}`,
    known?.remedy ?? REMEDY,
    'malformed-xml',
  );
}

/**
 * A document without nodes and edges.
 * @param line of the graph; 0 = there is none
 * @throws {ParseError} always
 */
export function failEmptyGraph(path: string, root: string, line: number): never {
  if (line > 0) {
    const remedy = 'Export the graph again: this file is the frame of one without its content.';
    failSyntax(path, line, 'the graph has no nodes.', remedy, 'no-nodes');
  }
  const remedy = `Export the graph again; it belongs inside <${root}><graph>.`;
  failSyntax(path, 1, 'the file has no <graph> element.', remedy, 'no-graph');
}
