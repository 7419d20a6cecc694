/**
 * `features.csv`: a numeric matrix, one row per node, in the order of the node table or with an id column first →
 * dense features. Cells that are missing make the whole row missing: a vector has no per-component validity.
 */
import { allocateFloat32 } from '../../core/buffers.ts';
import { ParseError } from '../../core/errors.ts';
import { cellString, type RowView } from '../delimited/delimited.ts';
import { denseFeatures, type FeatureRows, noteMissingRows } from './featureColumn.ts';
import { GrowableFloat32, GrowableInt32 } from '../bytes/growable.ts';
import type { IdInterner } from '../tables/idInterner.ts';
import type { ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { isMissingWord, isNonFiniteWord, NumberScanner } from '../delimited/numberScan.ts';
import type { TableSource } from '../tables/tableSource.ts';

/** True when the first column of a feature table names the node. */
export const hasIdColumn = (table: TableSource): boolean =>
  table.hasHeader && /^(?:node[_ -]?)?id$|^node$/i.test(table.names[0] ?? '');

class MatrixRows {
  readonly values = new GrowableFloat32();
  /** Node of each row; empty without an id column. */
  readonly nodes = new GrowableInt32();
  readonly missingRows: number[] = [];
  readonly missingExamples: { line: number; text: string }[] = [];
  numRows = 0;
  numMissingCells = 0;
  readonly #numbers: NumberScanner;
  readonly #hasId: boolean;
  readonly #table: TableSource;
  readonly #ids: IdInterner;
  readonly #notices: NoticeList;

  constructor(table: TableSource, ids: IdInterner, notices: NoticeList) {
    this.#numbers = new NumberScanner(table.decimalComma);
    this.#hasId = hasIdColumn(table);
    this.#table = table;
    this.#ids = ids;
    this.#notices = notices;
  }

  addRow(row: RowView): void {
    const { names, path } = this.#table;
    if (row.numCells !== names.length) {
      this.#fail(row, `${counted(row.numCells, 'cell')} instead of ${names.length}`);
    }
    if (this.#hasId) {
      const node = this.#ids.find(row.bytes, row.starts[0] as number, row.ends[0] as number);
      if (node < 0) return addUnknownNotice(this.#notices, path, row);
      this.nodes.push(node);
    }
    let isMissing = false;
    for (let cell = this.#hasId ? 1 : 0; cell < names.length; cell++) {
      const value = this.#numberAt(row, cell);
      if (Number.isNaN(value)) {
        this.numMissingCells++;
        isMissing = true;
      }
      this.values.push(Number.isNaN(value) ? 0 : value);
    }
    if (isMissing) {
      this.missingRows.push(this.numRows);
      if (this.missingExamples.length < 20) {
        this.missingExamples.push({ line: row.line, text: `row ${this.numRows + 1} of the table` });
      }
    }
    this.numRows++;
  }

  #numberAt(row: RowView, cell: number): number {
    const start = row.starts[cell] as number;
    const end = row.ends[cell] as number;
    const value = this.#numbers.parse(row.bytes, start, end);
    if (
      !Number.isNaN(value) ||
      isMissingWord(row.bytes, start, end) ||
      isNonFiniteWord(row.bytes, start, end)
    ) {
      return value;
    }
    return this.#fail(
      row,
      `'${cellString(row, cell)}' in column '${this.#table.names[cell] ?? cell}' is not a number`,
    );
  }

  #fail(row: RowView, what: string): never {
    throw new ParseError(`${this.#table.path} line ${row.line}: ${what}.`, {
      code: 'feature-cell',
      remedy: 'Keep only numbers in the feature table; put other columns into the node table.',
      details: { file: this.#table.path, line: row.line },
    });
  }
}

function addUnknownNotice(notices: NoticeList, file: string, row: RowView): void {
  notices.add(
    {
      severity: 'warning',
      code: 'unknown-feature-node',
      file,
      words: (count) => `${file}: ${counted(count, 'row')} left out because the node table has no such id.`,
    },
    row.line,
    () => `unknown node '${cellString(row, 0)}'`,
  );
}

/**
 * Reads a feature table for nodes whose ids are given.
 * @throws {ParseError} a row of another length, a cell that is no number
 */
export async function readFeatureTable(
  table: TableSource,
  ids: IdInterner,
  context: ReadContext,
  notices: NoticeList,
): Promise<FeatureRows> {
  const rows = new MatrixRows(table, ids, notices);
  await table.scan(context, (row) => rows.addRow(row));
  noteMissingRows(notices, table.path, rows.numMissingCells, rows.missingExamples, rows.missingRows.length);
  const width = table.names.length - (hasIdColumn(table) ? 1 : 0);
  if (!hasIdColumn(table)) {
    return denseFeatures(rows.values.finish(), width, rows.missingRows, rows.numRows);
  }
  return byNode(rows, width, ids.length);
}

/** Puts rows in node order; nodes without a row are missing. */
function byNode(rows: MatrixRows, width: number, numNodes: number): FeatureRows {
  const values = allocateFloat32(numNodes * width);
  const isPresent = new Uint8Array(numNodes);
  const missing = new Set(rows.missingRows);
  const given = rows.values.finish();
  for (let row = 0; row < rows.numRows; row++) {
    const node = rows.nodes.at(row);
    if (!missing.has(row)) isPresent[node] = 1;
    values.set(given.subarray(row * width, (row + 1) * width), node * width);
  }
  const absent: number[] = [];
  isPresent.forEach((present, node) => {
    if (present === 0) absent.push(node);
  });
  return denseFeatures(values, width, absent, rows.numRows);
}
