/**
 * LIBSVM / SVMlight feature files: one line per node, `index:value` pairs; fields without a colon (the label) and `qid`
 * are left out unless they are asked for, comments always. Indices count from 1 unless a 0 occurs.
 * Format: https://www.csie.ntu.edu.tw/~cjlin/libsvm/faq.html#f303
 */
import { ParseError } from '../../core/errors.ts';
import { cellString, type RowView, scanRows } from '../delimited/delimited.ts';
import { type FeatureRows, sparseFeatures } from './featureColumn.ts';
import { GrowableFloat32, GrowableInt32 } from '../bytes/growable.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { isNonFiniteWord, NumberScanner } from '../delimited/numberScan.ts';
import { assertText } from '../bytes/textEncoding.ts';
import { spacedDialect } from '../matrix/numberTable.ts';

const COLON = 58;
const HASH = 35;
const MAX_INDEX = 2 ** 31 - 2;

/** What a line says besides its features. */
export interface SvmFacts {
  onLabel(row: number, text: string): void;
  onQuery(row: number, text: string): void;
}

class SvmRows {
  readonly rowPtr = new GrowableInt32();
  readonly colIndex = new GrowableInt32();
  readonly values = new GrowableFloat32();
  minIndex = MAX_INDEX;
  maxIndex = -1;
  readonly #numbers = new NumberScanner();
  readonly #path: string;
  readonly #notices: NoticeList;

  constructor(
    path: string,
    notices: NoticeList,
    private readonly facts: SvmFacts | null,
  ) {
    this.#path = path;
    this.#notices = notices;
    this.rowPtr.push(0);
  }

  addRow(row: RowView): void {
    if (this.facts !== null && row.bytes[row.starts[0] as number] === HASH) return;
    const first = this.colIndex.length;
    for (let cell = 0; cell < row.numCells; cell++) {
      const start = row.starts[cell] as number;
      const end = row.ends[cell] as number;
      if (row.bytes[start] === HASH && end > start) break;
      let colon = start;
      while (colon < end && row.bytes[colon] !== COLON) colon++;
      if (colon === end) {
        if (cell === 0 && end > start) this.facts?.onLabel(this.#numRows, cellString(row, cell));
      } else if (isQueryId(row.bytes, start, colon)) {
        this.facts?.onQuery(this.#numRows, cellString(row, cell).slice('qid:'.length));
      } else this.#addPair(row, cell, start, colon, end);
    }
    this.#sortRow(first, row.line);
    this.rowPtr.push(this.colIndex.length);
  }

  get #numRows(): number {
    return this.rowPtr.length - 1;
  }

  #addPair(row: RowView, cell: number, start: number, colon: number, end: number): void {
    const index = this.#numbers.parse(row.bytes, start, colon);
    if (!Number.isInteger(index) || index < 0 || index > MAX_INDEX) {
      this.#fail(row.line, `'${cellString(row, cell)}' has no whole number before the colon`);
    }
    let value = this.#numbers.parse(row.bytes, colon + 1, end);
    if (Number.isNaN(value)) {
      if (!isNonFiniteWord(row.bytes, colon + 1, end)) {
        this.#fail(row.line, `'${cellString(row, cell)}' has no number after the colon`);
      }
      value = 0;
      this.#notices.add(
        {
          severity: 'warning',
          code: 'not-finite',
          file: this.#path,
          words: (count) => `${this.#path}: ${counted(count, 'value')} of NaN or Infinity left out.`,
        },
        row.line,
        () => cellString(row, cell),
      );
    }
    if (index < this.minIndex) this.minIndex = index;
    if (index > this.maxIndex) this.maxIndex = index;
    // A zero says nothing in a sparse row, but its index counts towards the width.
    if (value === 0) return;
    this.colIndex.push(index);
    this.values.push(value);
  }

  /** Insertion sort: rows are almost always ascending already. */
  #sortRow(first: number, line: number): void {
    for (let at = first + 1; at < this.colIndex.length; at++) {
      const index = this.colIndex.at(at);
      const value = this.values.at(at);
      let to = at;
      while (to > first && this.colIndex.at(to - 1) > index) {
        this.colIndex.set(to, this.colIndex.at(to - 1));
        this.values.set(to, this.values.at(to - 1));
        to--;
      }
      this.colIndex.set(to, index);
      this.values.set(to, value);
      if (to > first && this.colIndex.at(to - 1) === index) this.#fail(line, `index ${index} occurs twice`);
    }
  }

  #fail(line: number, what: string): never {
    throw new ParseError(`${this.#path} line ${line}: ${what}.`, {
      code: 'libsvm-pair',
      remedy: 'Write each feature once as index:value, for example 12:0.5.',
      details: { file: this.#path, line },
    });
  }
}

function isQueryId(bytes: Uint8Array, start: number, colon: number): boolean {
  return colon - start === 3 && bytes[start] === 113 && bytes[start + 1] === 105 && bytes[start + 2] === 100;
}

/**
 * Reads a LIBSVM file; row i belongs to node i.
 * @param facts receives what stands beside the features; blank and comment lines are then no nodes
 * @throws {ParseError} a pair that is not index:value, an index twice in a row, binary content
 * O(bytes).
 */
export async function readLibsvm(
  file: ProbedFile,
  context: ReadContext,
  notices: NoticeList,
  facts: SvmFacts | null = null,
): Promise<FeatureRows> {
  const { path } = file.source;
  assertText(path, file.head);
  const rows = new SvmRows(path, notices, facts);
  // Rows that belong to the nodes of a table count even when they are blank.
  const keepsBlankLines = facts === null;
  await scanRows(file.source, spacedDialect(file.head), context, (row) => rows.addRow(row), keepsBlankLines);
  const base = rows.minIndex === 0 ? 0 : 1;
  const colIndex = rows.colIndex.finish();
  if (base === 1) for (let at = 0; at < colIndex.length; at++) colIndex[at] = (colIndex[at] as number) - 1;
  const width = rows.maxIndex < 0 ? 0 : rows.maxIndex + 1 - base;
  return sparseFeatures(rows.rowPtr.finish(), colIndex, rows.values.finish(), width);
}
