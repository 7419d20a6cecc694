/**
 * The nodes of an import while it runs: one table per node type with its interned ids and columns. Edges resolve their
 * ends here and may add nodes that no node file names.
 */
import type { Column } from '../../core/columns.ts';
import { permuteColumn } from '../../core/columnPermutation.ts';
import { InvalidGraphError, LimitError } from '../../core/errors.ts';
import { isValid } from '../../core/columns.ts';
import { cellString, type RowView } from '../delimited/delimited.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { createIdInterner, type IdInterner } from './idInterner.ts';
import type { ImportLimits, ImportOptions, ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { readTables, type TableInput } from './tableReader.ts';

export const DEFAULT_NODE_TYPE = 'node';

export interface NodeTypeStore {
  readonly name: string;
  /** Replaced at the end of an import where a file has better ones; rows stay. */
  ids: IdInterner;
  /** Line of each declared node, for messages about duplicates. */
  readonly lines: GrowableInt32;
  /** Nodes that a node file declares; the rest was added by edges. */
  numDeclared: number;
  /** Columns of the node file and of feature files, filled up to `length`. */
  readonly columns: ((length: number) => Column[])[];
}

export class NodeStore {
  readonly types: NodeTypeStore[] = [];
  /** False while nodes come from edges only; then a new id is no surprise. */
  isDeclared = false;

  constructor(private readonly limits: ImportLimits) {}

  /** Returns the type of that name, made when new. */
  type(name: string): NodeTypeStore {
    const known = this.types.find((type) => type.name === name);
    if (known !== undefined) return known;
    const created: NodeTypeStore = {
      name,
      ids: createIdInterner(),
      lines: new GrowableInt32(),
      numDeclared: 0,
      columns: [],
    };
    this.types.push(created);
    return created;
  }

  get numNodes(): number {
    return this.types.reduce((sum, type) => sum + type.ids.length, 0);
  }

  /** @throws {LimitError} more nodes than the limit */
  checkLimit(): void {
    if (this.numNodes <= this.limits.maxNodes) return;
    throw new LimitError(`The graph has more than ${this.limits.maxNodes.toLocaleString('en-US')} nodes.`, {
      code: 'too-many-nodes',
      remedy: 'Import a part of the graph.',
      details: { limit: this.limits.maxNodes },
    });
  }
}

/** One delimited file of nodes, with the cells that are keys. */
export interface NodeFile {
  readonly table: Omit<TableInput, 'onRow'>;
  readonly typeName: string;
  /** -1 = rows have no id and are numbered from 1. */
  readonly idCell: number;
  /** Cell that names the node type, or -1. */
  readonly typeCell: number;
  /** Last word on the finished columns: kinds a person chose. */
  finish(columns: Column[]): Column[];
}

/**
 * Reads one node file into the store.
 * @throws {InvalidGraphError} an id that occurs twice within a node type, where the options refuse that
 * @throws {ParseError | LimitError | CancelledError}
 * @returns rows read
 */
export async function readNodeFile(
  file: NodeFile,
  store: NodeStore,
  options: Pick<ImportOptions, 'duplicateNodes'>,
  context: ReadContext,
  notices: NoticeList,
): Promise<number> {
  store.isDeclared = true;
  const path = file.table.table.path;
  const typeNames = createIdInterner();
  const typeOfRow = new GrowableInt32();
  const typesByCode: NodeTypeStore[] = [];
  const fixedType = file.typeCell < 0 ? store.type(file.typeName) : null;
  const typeAt = (row: RowView): NodeTypeStore => {
    if (fixedType !== null) return fixedType;
    const { bytes, starts, ends } = row;
    const code = typeNames.intern(bytes, starts[file.typeCell] as number, ends[file.typeCell] as number);
    typesByCode[code] ??= store.type(cellString(row, file.typeCell) || DEFAULT_NODE_TYPE);
    return typesByCode[code];
  };
  assertUndeclared(fixedType, path);
  const isIdentified = file.idCell >= 0;
  let number = 0;
  const table: TableInput = {
    ...file.table,
    onRow(row) {
      const start = row.starts[file.idCell] ?? 0;
      const end = row.ends[file.idCell] ?? 0;
      if (isIdentified && end <= start) {
        addMissingIdNotice(notices, path, row.line);
        return false;
      }
      const type = typeAt(row);
      const before = type.ids.length;
      const node = isIdentified
        ? type.ids.intern(row.bytes, start, end)
        : type.ids.internText(String(++number));
      if (node < before) {
        const id = (): string => cellString(row, file.idCell);
        const firstLine = type.lines.at(node);
        if (options.duplicateNodes === 'refuse') failDuplicate(path, row.line, firstLine, id());
        addDuplicateNotice(notices, path, row.line, () => `node '${id()}', first on line ${firstLine}`);
        return false;
      }
      type.lines.push(row.line);
      type.numDeclared++;
      if (fixedType === null) typeOfRow.push(store.types.indexOf(type));
      return true;
    },
  };
  const columns = await readTables([table], context, notices);
  store.checkLimit();
  if (!isIdentified) sayNumbered(notices, path, number);
  if (fixedType !== null) fixedType.columns.push((length) => file.finish(columns.finish(length)));
  else shareColumns(file.finish(columns.finish(columns.numRows + 1)), typeOfRow.finish(), store.types);
  return columns.rowsRead;
}

function sayNumbered(notices: NoticeList, file: string, count: number): void {
  notices.say({
    severity: 'info',
    code: 'rows-numbered',
    message: `${file}: no column names the nodes; its rows are nodes 1 to ${count.toLocaleString('en-US')}.`,
    count,
    file,
  });
}

function addMissingIdNotice(notices: NoticeList, file: string, line: number): void {
  notices.add(
    {
      severity: 'warning',
      code: 'missing-id',
      file,
      words: (count) => `${file}: ${counted(count, 'row')} dropped because the id is missing.`,
    },
    line,
    () => 'no id',
  );
}

function addDuplicateNotice(notices: NoticeList, file: string, line: number, text: () => string): void {
  notices.add(
    {
      severity: 'warning',
      code: 'duplicate-node-id',
      file,
      words: (count) => `${file}: ${counted(count, 'row')} dropped because the node id was already used.`,
    },
    line,
    text,
  );
}

/** Hands each node type its rows of a table that holds several types, without the columns it has no value in. */
function shareColumns(
  columns: readonly Column[],
  typeOfRow: Int32Array,
  types: readonly NodeTypeStore[],
): void {
  // One row more than the file has: the missing row that added nodes point to.
  const missingRow = typeOfRow.length;
  types.forEach((type, index) => {
    if (!typeOfRow.includes(index)) return;
    type.columns.push((length) => {
      const perm = new Int32Array(length).fill(missingRow);
      let at = 0;
      typeOfRow.forEach((typeOfThis, row) => {
        if (typeOfThis === index) perm[at++] = row;
      });
      return columns
        .map((column) => permuteColumn(column, perm))
        .filter((column) => perm.some((_, row) => isValid(column, row)));
    });
  });
}

/** Rows of one type from two files would not line up with their columns. */
function assertUndeclared(type: NodeTypeStore | null, file: string): void {
  if (type === null || type.numDeclared === 0) return;
  throw new InvalidGraphError(`${file}: nodes of type '${type.name}' were already read from another file.`, {
    code: 'type-in-two-files',
    remedy: 'Put all nodes of a type into one file.',
    details: { file, type: type.name },
  });
}

function failDuplicate(file: string, line: number, firstLine: number, id: string): never {
  throw new InvalidGraphError(
    `${file} line ${line}: node id '${id}' was already used on line ${firstLine}.`,
    {
      code: 'duplicate-node-id',
      remedy: 'Give every node of a type its own id, or choose another id column.',
      details: { file, line, firstLine, id },
    },
  );
}
