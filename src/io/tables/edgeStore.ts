/**
 * The edges of an import while it runs: ends as (node type, index within it), relation and line per edge. Ends are
 * found by id; unknown ids are added or drop the edge, as the person chose. Assembly is in `graphAssembly.ts`.
 */
import { InvalidGraphError, LimitError } from '../../core/errors.ts';
import { cellString, type RowView } from '../delimited/delimited.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { createIdInterner, type IdInterner } from './idInterner.ts';
import type { ImportLimits, ImportOptions } from '../importTypes.ts';
import { DEFAULT_NODE_TYPE, type NodeStore } from './nodeStore.ts';
import { counted, type NoticeList } from '../notices.ts';

export const DEFAULT_RELATION = 'edge';

/** Cells that are keys of an edge row; -1 = the file has none. */
export interface EdgeCells {
  readonly source: number;
  readonly target: number;
  readonly relation: number;
  /** Says edge by edge whether it is directed. */
  readonly directed: number;
  /** What the others are: the names of their ends tell it. */
  readonly isDirected: boolean;
  readonly sourceType: number;
  readonly targetType: number;
  /** Node type of all ends of a side, where the column's name tells it. */
  readonly fixedSourceType: string | null;
  readonly fixedTargetType: string | null;
}

export interface EdgeStore {
  /** [E] index within the node type. */
  readonly source: GrowableInt32;
  readonly target: GrowableInt32;
  /** [E] node type index; left empty while there is one node type. */
  readonly sourceType: GrowableInt32;
  readonly targetType: GrowableInt32;
  /** [E] index into `relations`; left empty while there is one relation. */
  readonly relation: GrowableInt32;
  readonly relations: IdInterner;
  /** [E] 1 = directed; left empty while no file says it edge by edge. */
  readonly directed: GrowableInt32;
  /** [E] line in its file, for examples. */
  readonly line: GrowableInt32;
  /** First edge of each file. */
  readonly files: { readonly path: string; readonly firstEdge: number }[];
}

export function createEdgeStore(): EdgeStore {
  return {
    source: new GrowableInt32(),
    target: new GrowableInt32(),
    sourceType: new GrowableInt32(),
    targetType: new GrowableInt32(),
    relation: new GrowableInt32(),
    relations: createIdInterner(),
    directed: new GrowableInt32(),
    line: new GrowableInt32(),
    files: [],
  };
}

/** More different words than this describe edges, they do not classify them. */
export const MAX_RELATIONS = 20_000;

/** Ends of edges not yet known to belong to a node type. */
const PENDING = -1;
const DROPPED = -2;

type Side = 'source' | 'target';

/** True for `true`, `1` and `directed` in any case. */
function isTrue(row: RowView, cell: number): boolean {
  return /^(?:true|1|yes|directed)$/i.test(cellString(row, cell));
}

/** Takes the key cells of the edge rows of one file. Make one per file, in reading order; call `finishFile` after it. */
export class EdgeFileReader {
  #type = 0;
  readonly #path: string;
  readonly #pending = { source: createIdInterner(), target: createIdInterner() };
  readonly #seenTypes = { source: new Set<number>(), target: new Set<number>() };
  readonly #fixedRelation: number;
  readonly #firstEdge: number;

  constructor(
    path: string,
    private readonly cells: EdgeCells,
    relation: string,
    private readonly isTyped: boolean,
    private readonly nodes: NodeStore,
    private readonly edges: EdgeStore,
    private readonly options: ImportOptions,
    private readonly limits: ImportLimits,
    private readonly notices: NoticeList,
  ) {
    this.#path = path;
    this.#fixedRelation = edges.relations.internText(relation);
    this.#firstEdge = edges.source.length;
    edges.files.push({ path, firstEdge: this.#firstEdge });
    if (!isTyped && nodes.types.length === 0) nodes.type(DEFAULT_NODE_TYPE);
  }

  /** Returns false when the row is dropped. @throws {InvalidGraphError} an id that several node types have */
  onRow = (row: RowView): boolean => {
    const { cells, edges } = this;
    const source = this.#resolve(row, cells.source, cells.sourceType, 'source');
    const sourceType = this.#type;
    if (source === DROPPED) return false;
    const target = this.#resolve(row, cells.target, cells.targetType, 'target');
    if (target === DROPPED) return false;
    edges.source.push(source);
    edges.target.push(target);
    edges.line.push(row.line);
    if (this.isTyped) {
      edges.sourceType.push(sourceType);
      edges.targetType.push(this.#type);
    }
    edges.relation.push(cells.relation < 0 ? this.#fixedRelation : this.#relationOf(row));
    const isDirected = cells.directed >= 0 ? isTrue(row, cells.directed) : cells.isDirected;
    if (isDirected || edges.directed.length > 0) {
      // Edges before the first directed one did not say: they are undirected.
      while (edges.directed.length < edges.source.length - 1) edges.directed.push(0);
      edges.directed.push(isDirected ? 1 : 0);
    }
    if (edges.source.length > this.limits.maxEdges) this.#failLimit();
    return true;
  };

  /** Gives pending ends their node type. @throws {InvalidGraphError} several types come into question */
  finishFile(): void {
    this.nodes.checkLimit();
    this.#settle('source', this.edges.source, this.edges.sourceType);
    this.#settle('target', this.edges.target, this.edges.targetType);
  }

  #relationOf(row: RowView): number {
    const start = row.starts[this.cells.relation] as number;
    const end = row.ends[this.cells.relation] as number;
    if (start === end) return this.#fixedRelation;
    const relation = this.edges.relations.intern(row.bytes, start, end);
    if (relation > MAX_RELATIONS) failManyRelations(this.#path, row.line);
    return relation;
  }

  /** Returns the node's index within type `#type`, an index into the pending ids, or DROPPED. */
  #resolve(row: RowView, cell: number, typeCell: number, side: Side): number {
    const { bytes } = row;
    const start = row.starts[cell] as number;
    const end = row.ends[cell] as number;
    if (start === end) return this.#dropMissingEnd(row, side);
    const types = this.nodes.types;
    if (!this.isTyped) {
      const ids = (types[0] as NonNullable<(typeof types)[0]>).ids;
      if (!this.nodes.isDeclared) return ids.intern(bytes, start, end);
      const known = ids.find(bytes, start, end);
      return known >= 0 ? known : this.#unknown(row, cell, ids);
    }
    const fixed = side === 'source' ? this.cells.fixedSourceType : this.cells.fixedTargetType;
    if (typeCell >= 0) return this.#resolveTyped(row, cell, cellString(row, typeCell) || DEFAULT_NODE_TYPE);
    if (fixed !== null) return this.#resolveTyped(row, cell, fixed);
    let found = -1;
    for (let type = 0; type < types.length; type++) {
      const node = (types[type] as NonNullable<(typeof types)[0]>).ids.find(bytes, start, end);
      if (node < 0) continue;
      if (found >= 0) this.#failAmbiguous(row, cell, this.#type, type);
      found = node;
      this.#type = type;
    }
    if (found >= 0) {
      this.#seenTypes[side].add(this.#type);
      return found;
    }
    const pending = this.#unknown(row, cell, this.#pending[side]);
    this.#type = PENDING;
    return pending;
  }

  #resolveTyped(row: RowView, cell: number, typeName: string): number {
    const type = this.nodes.type(typeName);
    this.#type = this.nodes.types.indexOf(type);
    const known = type.ids.find(row.bytes, row.starts[cell] as number, row.ends[cell] as number);
    return known >= 0 ? known : this.#unknown(row, cell, type.ids);
  }

  #unknown(row: RowView, cell: number, ids: IdInterner): number {
    const file = this.#path;
    const start = row.starts[cell] as number;
    const end = row.ends[cell] as number;
    if (!this.nodes.isDeclared) return ids.intern(row.bytes, start, end);
    if (this.options.missingNodes === 'drop') {
      this.notices.add(
        {
          severity: 'warning',
          code: 'unknown-node-dropped',
          file,
          words: (count) =>
            `${file}: ${counted(count, 'edge')} dropped because an end is not in the node table.`,
        },
        row.line,
        () => `unknown node '${cellString(row, cell)}'`,
      );
      return DROPPED;
    }
    const before = ids.length;
    const node = ids.intern(row.bytes, start, end);
    if (node === before) {
      this.notices.add(
        {
          severity: 'warning',
          code: 'unknown-node-added',
          file,
          words: (count) =>
            `${file}: ${counted(count, 'node')} added that no node table names; all ${count === 1 ? 'its' : 'their'} attributes are missing.`,
        },
        row.line,
        () => `added node '${cellString(row, cell)}'`,
      );
    }
    return node;
  }

  #dropMissingEnd(row: RowView, side: Side): number {
    const file = this.#path;
    this.notices.add(
      {
        severity: 'warning',
        code: 'missing-end',
        file,
        words: (count) => `${file}: ${counted(count, 'edge')} dropped because an end is empty.`,
      },
      row.line,
      () => `no ${side}`,
    );
    return DROPPED;
  }

  #settle(side: Side, ends: GrowableInt32, endTypes: GrowableInt32): void {
    const pending = this.#pending[side];
    if (pending.length === 0) return;
    const seen = [...this.#seenTypes[side]];
    const type = seen[0];
    if (type === undefined || seen.length > 1) return this.#failUntyped(side, seen);
    const ids = (this.nodes.types[type] as NonNullable<(typeof this.nodes.types)[0]>).ids;
    const table = pending.finish();
    const nodeOf = Int32Array.from({ length: table.length }, (_, at) =>
      ids.intern(table.bytes, table.offsets[at] as number, table.offsets[at + 1] as number),
    );
    for (let edge = this.#firstEdge; edge < ends.length; edge++) {
      if (endTypes.at(edge) !== PENDING) continue;
      ends.set(edge, nodeOf[ends.at(edge)] as number);
      endTypes.set(edge, type);
    }
  }

  #failAmbiguous(row: RowView, cell: number, first: number, second: number): never {
    const id = cellString(row, cell);
    const names = [first, second].map((type) => `'${this.nodes.types[type]?.name ?? type}'`);
    throw new InvalidGraphError(
      `${this.#path} line ${row.line}: node '${id}' exists in the types ${names.join(' and ')}.`,
      {
        code: 'ambiguous-node',
        remedy: 'Add the columns source_type and target_type to the edge file.',
        details: { file: this.#path, line: row.line, id },
      },
    );
  }

  #failUntyped(side: Side, seen: readonly number[]): never {
    const names = seen.map((type) => `'${this.nodes.types[type]?.name ?? type}'`).join(', ');
    const why = seen.length === 0 ? 'no node table names any of them' : `the column holds the types ${names}`;
    throw new InvalidGraphError(
      `${this.#path}: the node type of unknown nodes in column '${side}' is not clear: ${why}.`,
      {
        code: 'unknown-node-type',
        remedy: `Add a column ${side}_type to the edge file, or drop edges of unknown nodes.`,
        details: { file: this.#path, side },
      },
    );
  }

  #failLimit(): never {
    throw new LimitError(`The graph has more than ${this.limits.maxEdges.toLocaleString('en-US')} edges.`, {
      code: 'too-many-edges',
      remedy: 'Import a part of the graph.',
      details: { limit: this.limits.maxEdges },
    });
  }
}

/** @throws {LimitError} always: what was taken for a relation tells edges apart instead of classing them */
export function failManyRelations(file: string, line: number): never {
  const limit = MAX_RELATIONS.toLocaleString('en-US');
  const place = line > 0 ? `${file} line ${line}` : file;
  throw new LimitError(`${place}: the relation column has more than ${limit} different values.`, {
    code: 'too-many-relations',
    remedy: "Give that column the role 'attribute'.",
    details: { file, line, limit: MAX_RELATIONS },
  });
}
