/**
 * Records as tables: JSON Lines (one object a line) and an array of flat objects. Columns are the keys of all records;
 * objects inside become JSON text, lists of numbers vectors. Format: https://jsonlines.org.
 */
import { ParseError } from '../../core/errors.ts';
import { readText, textLines } from '../bytes/readText.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import type { RowView } from '../delimited/delimited.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import type { TableOpener, TableSource } from '../tables/tableSource.ts';
import { assertColumns, assertRows, CellWriter, sampleText } from './cellRows.ts';

const SAMPLE_ROWS = 100;
const RECORDS_BETWEEN_BREATHS = 1000;
/** Keys of the first record of an array; an object inside means that it is no flat table. */
const FIRST_RECORD = /^\s*\[\s*\{[^{}[\]]*(?:\[[^{}[\]]*\][^{}[\]]*)*\}/;
const LINE_RECORD = /^\s*\{.*\}\s*$/;

type JsonRecord = ReadonlyMap<string, unknown>;

interface Numbered {
  readonly record: JsonRecord;
  /** Line in JSON Lines, number of the record in an array. */
  readonly line: number;
}

type Layout = 'lines' | 'array';

function layoutOf(file: ProbedFile): Layout | null {
  if (describeBinary(file.head) !== null) return null;
  const text = decodeHead(file.head);
  const first = text.trimStart();
  if (first[0] === '[') return FIRST_RECORD.test(first) ? 'array' : null;
  if (first[0] !== '{') return null;
  const lines = first.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const isNamed = /\.(?:jsonl|ndjson|jsonlines)$/i.test(file.source.path);
  // The last line of the head may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, Math.max(1, lines.length - 1)) : lines;
  if (lines.length > 1 || isNamed)
    return whole.every((line) => LINE_RECORD.test(line)) || isNamed ? 'lines' : null;
  return null;
}

export const jsonRecordsOpener: TableOpener = {
  recognises: (file) => layoutOf(file) !== null,
  async open(file, context, purpose) {
    const layout = layoutOf(file) ?? 'lines';
    const names = new Map<string, Set<string>>();
    const sample: JsonRecord[] = [];
    for await (const records of recordsOf(file, layout, context)) {
      for (const { record } of records) {
        if (sample.length < SAMPLE_ROWS) sample.push(record);
        for (const [name, value] of record) {
          const kinds = names.get(name);
          if (kinds === undefined) names.set(name, new Set([kindOf(value)]));
          else kinds.add(kindOf(value));
        }
      }
      assertColumns(file.source.path, names.size, context.limits);
      if (purpose === 'preview' && sample.length === SAMPLE_ROWS) break;
    }
    if (names.size === 0) failEmpty(file.source.path);
    return tableOf(file, layout, names, sample);
  },
};

/** 'text' for strings that are no dates: JSON says itself what is a number. */
function kindOf(value: unknown): string {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(value) ? 'date' : 'text';
  return value === null ? 'none' : 'value';
}

function tableOf(
  file: ProbedFile,
  layout: Layout,
  kinds: ReadonlyMap<string, ReadonlySet<string>>,
  sample: readonly JsonRecord[],
): TableSource {
  const names = [...kinds.keys()];
  const { path, sizeBytes } = file.source;
  return {
    path,
    sizeBytes,
    names,
    hasHeader: true,
    sample: sample.map((record) => names.map((name) => sampleText(record.get(name) ?? null))),
    dialect: layout === 'lines' ? 'JSON Lines' : 'JSON records',
    decimalComma: false,
    textColumns: new Set(names.filter((name) => kinds.get(name)?.has('text') === true)),
    async scan(context, onRow: (row: RowView) => void) {
      const writer = new CellWriter(path, names.length, context.limits);
      for await (const records of recordsOf(file, layout, context)) {
        for (const { record, line } of records)
          onRow(writer.write(line, (column) => record.get(names[column] as string)));
      }
    },
  };
}

async function* recordsOf(
  file: ProbedFile,
  layout: Layout,
  context: ReadContext,
): AsyncGenerator<readonly Numbered[], void> {
  const { path } = file.source;
  if (layout === 'lines') {
    for await (const lines of textLines(file, context)) {
      yield lines.flatMap(({ text, line }) =>
        text.trim() === '' ? [] : [{ record: recordOf(parse(path, text, line), path, line), line }],
      );
    }
    return;
  }
  const list = parse(path, await readText(file, context), 1);
  if (!Array.isArray(list)) failRecord(path, 1);
  assertRows(path, list.length, context.limits);
  const pacer = createPacer(context.signal, `Reading ${path}`);
  for (let from = 0; from < list.length; from += RECORDS_BETWEEN_BREATHS) {
    const part: unknown[] = list.slice(from, from + RECORDS_BETWEEN_BREATHS);
    yield part.map((value, at) => ({
      record: recordOf(value, path, from + at + 1),
      line: from + at + 1,
    }));
    await pacer.breathe();
  }
}

function parse(path: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ParseError(`${path} line ${line}: this is not valid JSON.`, {
      code: 'malformed-json',
      remedy: 'Check the line for a missing quote, comma or bracket.',
      details: { file: path, line, reason: cause instanceof Error ? cause.message : '' },
      cause,
    });
  }
}

function recordOf(value: unknown, path: string, line: number): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) failRecord(path, line);
  return new Map(Object.entries(value));
}

function failRecord(path: string, line: number): never {
  throw new ParseError(`${path} record ${line} is not an object with named values.`, {
    code: 'no-record',
    remedy: 'Write every record as {"name": value, …}.',
    details: { file: path, line },
  });
}

function failEmpty(path: string): never {
  throw new ParseError(`${path} holds no records.`, {
    code: 'empty-file',
    remedy: 'Drop a file with at least one row.',
    details: { file: path },
  });
}
