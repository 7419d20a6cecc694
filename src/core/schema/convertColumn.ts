/** Columns of another kind, with a count of the cells that did not survive. What a kind holds is `columnWriters.ts`. */
import { createBitset, setBit } from '../bitset.ts';
import { allocateFloat32 } from '../buffers.ts';
import { cellText, type Column, type ColumnKind, isValid } from '../columns.ts';
import { LimitError, ParameterError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { parseBoolean, parseDate, parseNumber, parseVector } from './cellText.ts';
import { createNumberWriter, createWordWriter, type NumberKind, validityOf } from './columnWriters.ts';
import { newVersion, tableColumn, type TableRef, withColumnPut } from './graphTables.ts';

export type ConvertibleKind = Exclude<ColumnKind, 'sparse'>;
export type TimeUnit = 'milliseconds' | 'seconds' | 'years';

export interface ConvertOptions {
  /** Text has `1,5` for one and a half. */
  readonly decimalComma?: boolean;
  /** What numbers mean when they become dates: ms or s since 1970, or calendar years. Default ms. */
  readonly timeUnit?: TimeUnit;
}

export interface Conversion {
  readonly column: Column;
  /** Cells that held something and are missing now. Blank text held nothing. */
  readonly numLost: number;
  /** The first of them, as a person reads them. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 5;
const MAX_DICTIONARY = 100_000;
const MAX_VECTOR_VALUES = 2 ** 28;

/**
 * Returns the column as another kind.
 *
 * Numbers become numbers where the kind holds them (i32 only whole ones, bool only 0 and 1, float32 rounds); dates count
 * as ms since 1970. Text and categories are parsed: decimal numbers, true/false/yes/no, ISO 8601 dates, lists of
 * numbers for vectors, whose width is that of the first list. Anything becomes text or categories as it is displayed.
 * @throws {ParameterError} vectors and sparse columns become nothing else; only text becomes a vector
 * @throws {LimitError} more than 100,000 categories, or a vector column too large for memory
 * O(cells); strings are decoded one at a time.
 */
export function convertColumn(
  column: Column,
  kind: ConvertibleKind,
  options: ConvertOptions = {},
): Conversion {
  if (column.kind === kind) return { column, numLost: 0, examples: [] };
  const isWords = column.kind === 'text' || column.kind === 'category';
  if (column.kind === 'vector' || column.kind === 'sparse' || (kind === 'vector' && !isWords)) {
    throw new ParameterError(`Column '${column.name}' is ${column.kind}; it cannot become ${kind}.`, {
      code: 'convert-kind',
      remedy:
        kind === 'vector'
          ? 'Convert a column of text such as [1, 2, 3].'
          : 'Choose a column of single values.',
      details: { column: column.name, from: column.kind, to: kind },
    });
  }
  if (kind === 'vector') return toVector(column, options);
  if (kind === 'text' || kind === 'category') return toWords(column, kind);
  return toNumbers(column, kind, options);
}

export interface Retyping extends Omit<Conversion, 'column'> {
  readonly graph: Graph;
}

/**
 * Returns a new version of the graph with one column converted, in its place.
 * @throws {InvalidGraphError} no such table or column
 * @throws {ParameterError | LimitError} as `convertColumn`
 */
export function retypeColumn(
  graph: Graph,
  table: TableRef,
  name: string,
  kind: ConvertibleKind,
  options: ConvertOptions = {},
): Retyping {
  const { column, ...report } = convertColumn(tableColumn(graph, table, name), kind, options);
  return { graph: newVersion(withColumnPut(graph, table, column, { replace: true })), ...report };
}

/** Counts cells that could not be kept. */
function createLossCounter(column: Column) {
  const examples: string[] = [];
  let numLost = 0;
  return {
    lose(row: number): void {
      const text = cellText(column, row);
      if (text.trim() === '') return;
      numLost++;
      if (examples.length < MAX_EXAMPLES) examples.push(text);
    },
    result: (converted: Column): Conversion => ({ column: converted, numLost, examples }),
  };
}

function toNumbers(column: Column, kind: NumberKind, options: ConvertOptions): Conversion {
  const writer = createNumberWriter(kind, column.name, column.length);
  const losses = createLossCounter(column);
  const valueOf = numberReader(column, kind, options);
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row) && !writer.set(row, valueOf(row))) losses.lose(row);
  }
  return losses.result(writer.finish());
}

/** Returns the function that reads a cell as a number of the wanted kind; NaN where it is none. */
function numberReader(column: Column, kind: NumberKind, options: ConvertOptions): (row: number) => number {
  const parse = (text: string): number => {
    if (kind === 'bool') return parseBoolean(text);
    return kind === 'date' ? parseDate(text) : parseNumber(text, options.decimalComma);
  };
  switch (column.kind) {
    case 'text':
      return (row) => parse(cellText(column, row));
    case 'category': {
      const values = column.dictionary.map(parse);
      return (row) => values[column.codes[row] as number] ?? Number.NaN;
    }
    case 'f32':
    case 'f64':
    case 'i32':
      if (kind !== 'date') return (row) => column.values[row] as number;
      return (row) => timeOf(column.values[row] as number, options.timeUnit ?? 'milliseconds');
    case 'bool':
      // True is no moment.
      return (row) => (kind === 'date' ? Number.NaN : (column.values[row] as number));
    case 'date':
      return (row) => column.values[row] as number;
    default:
      return () => Number.NaN;
  }
}

function timeOf(value: number, unit: TimeUnit): number {
  if (unit === 'milliseconds') return value;
  if (unit === 'seconds') return value * 1000;
  if (!Number.isInteger(value)) return Number.NaN;
  // Not Date.UTC(year): it takes 0 to 99 for the twentieth century.
  return new Date(0).setUTCFullYear(value, 0, 1);
}

function toWords(column: Column, kind: 'text' | 'category'): Conversion {
  const writer = createWordWriter(column.name, column.length);
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row)) writer.set(row, cellText(column, row));
    if (kind === 'category' && writer.numDistinct > MAX_DICTIONARY) {
      throw new LimitError(
        `Column '${column.name}' has more than ${MAX_DICTIONARY.toLocaleString('en')} different values.`,
        {
          code: 'category-count',
          remedy: 'Keep it as text or numbers; so many categories are identifiers.',
          details: { column: column.name, max: MAX_DICTIONARY },
        },
      );
    }
  }
  return { column: writer.finish(kind), numLost: 0, examples: [] };
}

function toVector(column: Column, { decimalComma }: ConvertOptions): Conversion {
  const losses = createLossCounter(column);
  const valid = createBitset(column.length);
  let width = 0;
  let values = allocateFloat32(0);
  for (let row = 0; row < column.length; row++) {
    if (!isValid(column, row)) continue;
    const numbers = parseVector(cellText(column, row), decimalComma);
    if (numbers !== null && width === 0) {
      width = numbers.length;
      if (width * column.length > MAX_VECTOR_VALUES) refuseVector(column, width);
      values = allocateFloat32(width * column.length);
    }
    if (numbers === null || numbers.length !== width) losses.lose(row);
    else {
      values.set(numbers, row * width);
      setBit(valid, row);
    }
  }
  const { name, length } = column;
  return losses.result({ kind: 'vector', name, length, validity: validityOf(valid), width, values });
}

function refuseVector(column: Column, width: number): never {
  throw new LimitError(
    `Column '${column.name}' would be ${column.length.toLocaleString('en')} × ${width} numbers: too many for memory.`,
    {
      code: 'vector-size',
      remedy: 'Use shorter vectors or fewer rows.',
      details: { column: column.name, rows: column.length, width },
    },
  );
}
