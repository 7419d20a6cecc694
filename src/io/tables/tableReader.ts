/**
 * Reads a group of tables that share columns (the files of one node type, or all edge files) into typed
 * columns. The caller handles the key cells (ids, ends, relation) row by row and says whether the row is kept; ragged
 * rows are dropped and reported here. Columns that must be inferred anew are read a second time, keys are not.
 */
import type { Column } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import { cellString, type RowView } from '../delimited/delimited.ts';
import { ColumnBuilder, type ColumnBuilderOptions, type StartKind, startKindFor } from './columnBuilder.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import type { ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import type { TableSource } from './tableSource.ts';

export interface AttributeCell {
  /** Position of the cell in a row; -1 = every row has the value `constant`. */
  readonly cell: number;
  readonly constant?: string;
  readonly name: string;
  readonly start?: StartKind;
}

export interface TableInput {
  readonly table: TableSource;
  readonly attributes: readonly AttributeCell[];
  /** Handles the key cells of one row; false = the row is dropped (and was reported). */
  onRow(row: RowView): boolean;
  /** Called once, when all rows went through `onRow`. */
  onEnd?(): void;
}

export interface TableColumns {
  /** Kept rows of all tables. */
  readonly numRows: number;
  /** Rows of all tables, dropped ones included. */
  readonly rowsRead: number;
  /** Returns the columns, filled up with missing cells to `length` rows. Call once. */
  finish(length: number): Column[];
}

interface GroupState {
  readonly builders: Map<string, ColumnBuilder>;
  numRows: number;
  rowsRead: number;
}

function addRaggedNotice(notices: NoticeList, table: TableInput, row: RowView): void {
  const file = table.table.path;
  notices.add(
    {
      severity: 'warning',
      code: 'ragged-rows',
      file,
      words: (count) =>
        `${file}: ${counted(count, 'row')} dropped because ${count === 1 ? 'it has' : 'they have'} not ${counted(table.table.names.length, 'cell')}.`,
    },
    row.line,
    () => `${counted(row.numCells, 'cell')}: ${rowText(row)}`,
  );
}

function rowText(row: RowView): string {
  const cells = Array.from({ length: Math.min(row.numCells, 6) }, (_, cell) => cellString(row, cell));
  const text = cells.join(' | ').slice(0, 120);
  return row.numCells > cells.length ? `${text} …` : text;
}

/** True when the row has the right number of cells; surplus cells are fine while they are empty (a trailing comma). */
function isEven(row: RowView, numColumns: number): boolean {
  if (row.numCells === numColumns) return true;
  if (row.numCells < numColumns) return false;
  for (let cell = numColumns; cell < row.numCells; cell++) {
    if ((row.ends[cell] as number) > (row.starts[cell] as number)) return false;
  }
  return true;
}

async function readTable(
  table: TableInput,
  state: GroupState,
  context: ReadContext,
  notices: NoticeList,
): Promise<Int32Array> {
  const dropped = new GrowableInt32();
  const cells = table.attributes.map((attribute) => attribute.cell);
  const constants = constantsOf(table);
  const builders = table.attributes.map((attribute) => builderFor(attribute, table, state));
  let ordinal = 0;
  const numColumns = table.table.names.length;
  await table.table.scan(context, (row) => {
    const even = isEven(row, numColumns);
    if (!even) addRaggedNotice(notices, table, row);
    if (!even || !table.onRow(row)) {
      dropped.push(ordinal++);
      return;
    }
    ordinal++;
    state.numRows++;
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at] as number;
      if (cell < 0) pushConstant(builders[at] as ColumnBuilder, constants[at] as Uint8Array);
      else
        (builders[at] as ColumnBuilder).push(
          row.bytes,
          row.starts[cell] as number,
          row.ends[cell] as number,
          row.line,
        );
    }
  });
  table.onEnd?.();
  state.rowsRead += ordinal;
  for (const builder of state.builders.values()) builder.padTo(state.numRows);
  return dropped.view();
}

const encoder = new TextEncoder();

/** Bytes of the constant attributes, by position. */
const constantsOf = (table: TableInput): Uint8Array[] =>
  table.attributes.map(({ constant }) => encoder.encode(constant ?? ''));

function pushConstant(builder: ColumnBuilder, value: Uint8Array): void {
  builder.push(value, 0, value.length, 0);
}

/** How the cells of a column are read; a column that several tables share is read as the first one says. */
function optionsFor(
  tables: readonly TableInput[],
  name: string,
  start: StartKind | undefined,
): ColumnBuilderOptions {
  const table = tables.find(({ attributes }) =>
    attributes.some((attribute) => attribute.name === name),
  )?.table;
  const numberKind = table?.numberKinds?.get(name);
  const isLiteral = table?.textColumns.has(name) === true && (start === undefined || start === 'text');
  return {
    start: isLiteral ? 'text' : (start ?? startKindFor(name)),
    decimalComma: table?.decimalComma ?? false,
    isLiteral,
    ...(numberKind === undefined ? {} : { numberKind }),
  };
}

function builderFor(attribute: AttributeCell, table: TableInput, state: GroupState): ColumnBuilder {
  const known = state.builders.get(attribute.name);
  if (known !== undefined) return known;
  const builder = new ColumnBuilder(attribute.name, optionsFor([table], attribute.name, attribute.start));
  builder.padTo(state.numRows);
  state.builders.set(attribute.name, builder);
  return builder;
}

/** Reads only the named columns again; rows dropped the first time are skipped. */
async function rereadTable(
  table: TableInput,
  dropped: Int32Array,
  builders: ReadonlyMap<string, ColumnBuilder>,
  numRowsBefore: number,
  context: ReadContext,
): Promise<number> {
  const wanted = table.attributes.filter((attribute) => builders.has(attribute.name));
  const targets = wanted.map((attribute) => builders.get(attribute.name) as ColumnBuilder);
  const constants = constantsOf({ ...table, attributes: wanted });
  let ordinal = 0;
  let nextDropped = 0;
  await table.table.scan(context, (row) => {
    if (ordinal++ === dropped[nextDropped]) {
      nextDropped++;
      return;
    }
    wanted.forEach(({ cell }, at) => {
      if (cell < 0) pushConstant(targets[at] as ColumnBuilder, constants[at] as Uint8Array);
      else
        (targets[at] as ColumnBuilder).push(
          row.bytes,
          row.starts[cell] as number,
          row.ends[cell] as number,
          row.line,
        );
    });
  });
  const numRows = numRowsBefore + ordinal - dropped.length;
  for (const builder of builders.values()) builder.padTo(numRows);
  return numRows;
}

/**
 * Reads the tables one after another.
 * @throws {ParseError} malformed quotes, or not a single row fits the header
 * @throws {LimitError | CancelledError}
 * One pass over the bytes; at most two more over files whose columns widen late.
 */
export async function readTables(
  tables: readonly TableInput[],
  context: ReadContext,
  notices: NoticeList,
): Promise<TableColumns> {
  const state: GroupState = { builders: new Map(), numRows: 0, rowsRead: 0 };
  const dropped: Int32Array[] = [];
  for (const table of tables) {
    const rowsBefore = state.rowsRead;
    const droppedRows = await readTable(table, state, context, notices);
    assertSomeRowFits(table, state.rowsRead - rowsBefore, notices);
    dropped.push(droppedRows);
  }
  for (;;) {
    const again = new Map<string, ColumnBuilder>();
    for (const [name, builder] of state.builders) {
      const start = builder.settle();
      if (start === null) continue;
      again.set(name, new ColumnBuilder(name, optionsFor(tables, name, start)));
    }
    if (again.size === 0) break;
    let rows = 0;
    for (const [at, table] of tables.entries()) {
      rows = await rereadTable(table, dropped[at] as Int32Array, again, rows, context);
    }
    for (const [name, builder] of again) state.builders.set(name, builder);
  }
  return {
    numRows: state.numRows,
    rowsRead: state.rowsRead,
    finish: (length) => finishColumns(state, tables, length, notices),
  };
}

function finishColumns(
  state: GroupState,
  tables: readonly TableInput[],
  length: number,
  notices: NoticeList,
): Column[] {
  const columns: Column[] = [];
  const file = tables.map(({ table }) => table.path).join(', ');
  for (const builder of state.builders.values()) {
    if (builder.nonFinite > 0 && builder.isNumeric) {
      notices.say({
        severity: 'warning',
        code: 'not-finite',
        message: `${file}: column '${builder.name}' has ${counted(builder.nonFinite, 'cell')} of NaN or Infinity, treated as missing.`,
        count: builder.nonFinite,
        file,
        examples: builder.nonFiniteExamples,
      });
    }
    builder.padTo(length);
    columns.push(builder.finish());
  }
  return columns;
}

/** A table whose every row is ragged was split at the wrong character; dropping all of it would hide that. */
function assertSomeRowFits(table: TableInput, rows: number, notices: NoticeList): void {
  const { path: file, names } = table.table;
  const ragged = notices.all().find((notice) => notice.code === 'ragged-rows' && notice.file === file);
  if (rows === 0 || ragged === undefined || ragged.count < rows) return;
  const line = ragged.examples[0]?.line ?? 1;
  throw new ParseError(`${file} line ${line}: no row has the ${names.length} cells of the header.`, {
    code: 'no-even-rows',
    remedy: 'Check the delimiter and the header row of the file.',
    details: { file, line, numColumns: names.length },
  });
}
