/**
 * Nodes and edges from the tokens of GML: the first `graph` list is read, its `node` and `edge` lists one at a time.
 * The id is the id by which edges name a node; `label` is an attribute. Lists within a node become dotted names, a key
 * that occurs several times with numbers a vector. Positions, size and fill of `graphics` get the names of all formats.
 */
import { LimitError } from '../../core/errors.ts';
import { counted } from '../notices.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';
import { isNumberWord } from '../records/quotedWords.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import type { GmlTokenKind } from './gmlTokens.ts';

const MAX_DEPTH = 100;
const MAX_VECTOR = 4096;
const KEY = /^[A-Za-z_][^\s"]*$/;

const VIZ_NAMES = {
  node: new Map([
    ['graphics.x', 'x'],
    ['graphics.y', 'y'],
    ['graphics.z', 'z'],
    ['graphics.w', 'size'],
    ['graphics.fill', 'viz_color'],
  ]),
  edge: new Map([['graphics.fill', 'viz_color']]),
};

type Scalar = string | number;

interface OpenRecord {
  readonly kind: 'node' | 'edge';
  readonly line: number;
  readonly values: Map<string, Scalar[]>;
}

export class GmlGraph {
  readonly #file: string;
  readonly #sink: RecordSink;
  /** Keys of the open lists. */
  readonly #path: string[] = [];
  /** Lines on which they opened. */
  readonly #opened: number[] = [];
  #key = '';
  #keyLine = 0;
  #record: OpenRecord | null = null;
  #graphs = 0;
  #withoutId = 0;

  constructor(file: string, sink: RecordSink) {
    this.#file = file;
    this.#sink = sink;
  }

  /** Takes one token. @throws {ParseError | LimitError} and what the sink throws */
  take(kind: GmlTokenKind, text: string, line: number): void {
    if (this.#key === '') this.#takeKey(kind, text, line);
    else if (kind === 'open') this.#open(line);
    else if (kind === 'close') failValue(this.#file, this.#keyLine, this.#key);
    else this.#takeValue(kind, text, line);
  }

  /** Says that the file has ended. @throws {ParseError} an open list, a key without value, no graph */
  end(line: number): void {
    const { length } = this.#path;
    if (length > 0)
      failSyntax(
        this.#file,
        this.#opened[length - 1] as number,
        `the list of ${shown(this.#path[length - 1] as string)} is not closed before the end of the file.`,
        'The file seems to be cut off: save or download it again.',
        'unclosed-list',
      );
    if (this.#key !== '') failValue(this.#file, this.#keyLine, this.#key);
    if (this.#graphs === 0)
      failSyntax(this.#file, line, "there is no 'graph [ … ]'.", 'Check that the file is GML.', 'no-graph');
  }

  #takeKey(kind: GmlTokenKind, text: string, line: number): void {
    if (kind === 'close') return this.#close(line);
    if (kind !== 'word' || !KEY.test(text))
      failSyntax(
        this.#file,
        line,
        `${shown(text)} stands where a key is expected.`,
        'Write `key value`; a string is put into double quotes.',
      );
    this.#key = text;
    this.#keyLine = line;
  }

  #open(line: number): void {
    const key = this.#key;
    this.#key = '';
    this.#path.push(key);
    this.#opened.push(line);
    if (this.#path.length > MAX_DEPTH) this.#failDepth(line);
    if (this.#path.length === 1 && key === 'graph') {
      this.#graphs++;
      if (this.#graphs > 1) this.#noteGraph(line);
    }
    const isRecord = this.#path.length === 2 && (key === 'node' || key === 'edge');
    if (isRecord && this.#isInFirstGraph) this.#record = { kind: key, line, values: new Map() };
  }

  get #isInFirstGraph(): boolean {
    return this.#graphs === 1 && this.#path[0] === 'graph';
  }

  #close(line: number): void {
    if (this.#path.length === 0)
      failSyntax(this.#file, line, "']' closes nothing.", 'Remove it, or open the list with [.');
    this.#path.pop();
    this.#opened.pop();
    if (this.#record === null || this.#path.length > 1) return;
    const record = this.#record;
    this.#record = null;
    if (record.kind === 'node') this.#endNode(record);
    else this.#endEdge(record);
  }

  #takeValue(kind: GmlTokenKind, text: string, line: number): void {
    const key = this.#key;
    this.#key = '';
    const isNumber = kind === 'word' && isNumberWord(text);
    if (kind === 'word' && !isNumber)
      failSyntax(
        this.#file,
        line,
        `the value ${shown(text)} of ${shown(key)} is neither a number nor a string in quotes.`,
        'Put it into double quotes.',
      );
    const value = isNumber ? numberOf(text) : text;
    if (this.#record !== null) this.#keep([...this.#path.slice(2), key].join('.'), value, line);
    else if (this.#isInFirstGraph) this.#takeGraphValue(key, text, line);
  }

  #takeGraphValue(key: string, text: string, line: number): void {
    if (this.#path.length > 1) return;
    if (key === 'directed') {
      this.#sink.setDirected(text === '1');
      if (text !== '0' && text !== '1') this.#noteDirection(text, line);
    } else if (key === 'label' || key === 'name') this.#sink.setName(text);
  }

  #keep(name: string, value: Scalar, line: number): void {
    const { values } = this.#record as OpenRecord;
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else if (typeof value === 'number' && typeof known[0] === 'number' && known.length < MAX_VECTOR)
      known.push(value);
    else this.#noteRepeated(name, line);
  }

  #endNode(record: OpenRecord): void {
    const given = takeFirst(record, 'id');
    const id = given ?? `unnamed ${++this.#withoutId}`;
    if (given === null) this.#noteNamed(id, record.line);
    this.#sink.node({ id, line: record.line, attributes: attributesOf(record) });
  }

  #endEdge(record: OpenRecord): void {
    const [source, target] = [takeFirst(record, 'source'), takeFirst(record, 'target')];
    if (source === null || target === null)
      failSyntax(
        this.#file,
        record.line,
        `an edge has no ${source === null ? 'source' : 'target'}.`,
        'Give every edge a source and a target.',
        'edge-without-end',
      );
    this.#sink.edge({
      source,
      target,
      line: record.line,
      ...directionOf(record),
      attributes: attributesOf(record),
    });
  }

  #noteNamed(id: string, line: number): void {
    this.#note(
      'node-without-id',
      'warning',
      line,
      id,
      (count) => `${counted(count, 'node')} without an id, now numbered.`,
    );
  }

  #noteRepeated(name: string, line: number): void {
    this.#note(
      'repeated-key',
      'warning',
      line,
      `'${name}'`,
      (count) =>
        `${counted(count, 'value')} of keys that occur again in the same list left out; the first counts.`,
    );
  }

  #noteDirection(text: string, line: number): void {
    const words = (): string => `'directed ${text.slice(0, 20)}' is neither 0 nor 1: read as undirected.`;
    this.#note('unclear-direction', 'warning', line, text, words);
  }

  #noteGraph(line: number): void {
    this.#note(
      'further-graphs',
      'warning',
      line,
      'graph',
      (count) => `${counted(count, 'further graph')} left out.`,
    );
  }

  #note(
    code: string,
    severity: 'warning' | 'info',
    line: number,
    text: string,
    words: (count: number) => string,
  ): void {
    const file = this.#file;
    const kind = { severity, code, file, words: (count: number) => `${file}: ${words(count)}` };
    this.#sink.notices.add(kind, line, () => text);
  }

  #failDepth(line: number): never {
    throw new LimitError(`${this.#file} line ${line}: lists are nested more than ${MAX_DEPTH} deep.`, {
      code: 'too-deep',
      remedy: 'Check that the file is a graph in GML.',
      details: { file: this.#file, line, limit: MAX_DEPTH },
    });
  }
}

function failValue(file: string, line: number, key: string): never {
  failSyntax(file, line, `${shown(key)} has no value.`, 'Write `key value`.');
}

/** Long integers keep their digits as text. */
function numberOf(text: string): Scalar {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^[+-]?\d+$/.test(text) ? text : value;
}

/** Takes the first value of an id or end out of the record. */
function takeFirst(record: OpenRecord, key: string): string | null {
  const first = record.values.get(key)?.[0];
  record.values.delete(key);
  return first === undefined || first === '' || Number.isNaN(first) ? null : String(first);
}

/** Takes `directed 0` or `directed 1` out of an edge: graphs of both directions are written so (see the GML exporter). */
function directionOf({ values }: OpenRecord): { readonly directed?: boolean } {
  const [own, ...others] = values.get('directed') ?? [];
  if ((own !== 0 && own !== 1) || others.length > 0) return {};
  values.delete('directed');
  return { directed: own === 1 };
}

function* attributesOf({ kind, values }: OpenRecord): Generator<AttributeEntry> {
  for (const [name, given] of values) {
    const vizName = VIZ_NAMES[kind].get(name) ?? name;
    const value = given.length > 1 ? (given as number[]) : (given[0] as Scalar);
    yield [values.has(vizName) ? name : vizName, value];
  }
}
