/**
 * Collects the records of a reader into tables: ids interned per node type, attributes as columns per type, ends of edges
 * kept as ids until every node was seen. Policies and roles a person chose apply here; the graph itself is assembled as
 * for delimited tables (`tables/graphAssembly.ts`).
 */
import { LimitError } from '../../core/errors.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { guessedAttributeRole } from '../tables/tableRoles.ts';
import type { ColumnRole, ImportLimits } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import {
  createEdgeStore,
  DEFAULT_RELATION,
  type EdgeStore,
  failManyRelations,
  MAX_RELATIONS,
} from '../tables/edgeStore.ts';
import { createIdInterner } from '../tables/idInterner.ts';
import { DEFAULT_NODE_TYPE, NodeStore, type NodeTypeStore } from '../tables/nodeStore.ts';
import { type AttributeTable, RecordColumn } from './recordColumn.ts';
import { idsFromAttribute, idsWithoutType } from './recordIds.ts';
import type {
  AttributeEntry,
  AttributeValue,
  DeclaredKind,
  EdgeRecord,
  NodeRecord,
  RecordSink,
} from './recordTypes.ts';

export type Owner = 'nodes' | 'edges';

/** Roles a person gave attributes, by owner and name. */
export type RecordRoles = Readonly<Record<Owner, Readonly<Record<string, ColumnRole>>>>;

export interface RecordTablesOptions {
  readonly file: string;
  readonly limits: ImportLimits;
  readonly notices: NoticeList;
  readonly roles: RecordRoles;
  /** How attributes are read that the file does not declare. */
  readonly undeclared: DeclaredKind;
}

interface Declaration {
  readonly kind: DeclaredKind;
  readonly fallback: AttributeValue;
  readonly isOnceGiven: boolean;
}

const textOfValue = (value: AttributeValue): string =>
  value === null ? '' : value instanceof Date ? value.toISOString() : String(value);

export class RecordTables implements RecordSink {
  readonly notices: NoticeList;
  readonly nodes: NodeStore;
  readonly edges: EdgeStore = createEdgeStore();
  readonly edgeAttributes: AttributeTable = new Map();
  name = '';
  numNodeRecords = 0;
  numEdgeRecords = 0;
  readonly #options: RecordTablesOptions;
  readonly #nodeAttributes = new Map<NodeTypeStore, AttributeTable>();
  readonly #declared = { nodes: new Map<string, Declaration>(), edges: new Map<string, Declaration>() };
  readonly #fallbacks = { nodes: new Map<string, Declaration>(), edges: new Map<string, Declaration>() };
  readonly #roles = { nodes: new Map<string, ColumnRole>(), edges: new Map<string, ColumnRole>() };
  /** Ids of ends as written; those with a node type carry it before a zero character. */
  readonly #ends = createIdInterner();
  readonly #source = new GrowableInt32();
  readonly #target = new GrowableInt32();
  readonly #line = new GrowableInt32();
  readonly #directed = new GrowableInt32();
  readonly #relation = new GrowableInt32();
  #idAttribute: string | null = null;
  #isDirected = false;
  #saysDirection = false;

  constructor(options: RecordTablesOptions) {
    this.#options = options;
    this.notices = options.notices;
    this.nodes = new NodeStore(options.limits);
  }

  setName(name: string): void {
    this.name = name;
  }

  setDirected(directed: boolean): void {
    this.#isDirected = directed;
  }

  preferIds(attribute: string): void {
    this.#idAttribute = attribute;
  }

  declare(
    owner: Owner,
    name: string,
    kind: DeclaredKind,
    fallback: AttributeValue = null,
    when: 'always' | 'once-given' = 'always',
  ): void {
    const declaration = { kind, fallback, isOnceGiven: when === 'once-given' };
    this.#declared[owner].set(name, declaration);
    // Kept apart: a record looks at those with a fallback only, however many are declared.
    if (fallback === null) this.#fallbacks[owner].delete(name);
    else this.#fallbacks[owner].set(name, declaration);
  }

  node(record: NodeRecord): void {
    this.numNodeRecords++;
    this.nodes.isDeclared = true;
    const attributes = [...(record.attributes ?? [])];
    const type = this.nodes.type(
      record.type ?? this.#structural('nodes', 'node-type', attributes) ?? DEFAULT_NODE_TYPE,
    );
    const before = type.ids.length;
    const row = type.ids.internText(record.id);
    const line = record.line ?? 0;
    if (row < before) return this.#noteRepeated(record.id, line);
    if (row % 4096 === 0) this.nodes.checkLimit();
    type.lines.push(line);
    type.numDeclared++;
    this.#write('nodes', this.attributesOf(type), row, attributes);
  }

  edge(record: EdgeRecord): void {
    const edge = this.numEdgeRecords++;
    const attributes = [...(record.attributes ?? [])];
    this.#source.push(this.#endOf(record.source, record.sourceType));
    this.#target.push(this.#endOf(record.target, record.targetType));
    this.#line.push(record.line ?? 0);
    if (record.directed !== undefined) this.#saysDirection = true;
    this.#directed.push(record.directed === undefined ? -1 : Number(record.directed));
    const relation = record.relation ?? this.#structural('edges', 'relation', attributes) ?? DEFAULT_RELATION;
    const code = this.edges.relations.internText(relation);
    if (code > MAX_RELATIONS) failManyRelations(this.#options.file, record.line ?? 0);
    this.#relation.push(code);
    if (this.numEdgeRecords > this.#options.limits.maxEdges) this.#failEdges();
    this.#write('edges', this.edgeAttributes, edge, attributes);
  }

  attributesOf(type: NodeTypeStore): AttributeTable {
    let table = this.#nodeAttributes.get(type);
    if (table === undefined) {
      table = new Map();
      this.#nodeAttributes.set(type, table);
    }
    return table;
  }

  /** Role of an attribute: a person's choice, else what its name says. */
  roleOf(owner: Owner, name: string): ColumnRole {
    let role = this.#roles[owner].get(name);
    if (role === undefined) {
      role = this.#options.roles[owner][name] ?? guessedAttributeRole(owner, name);
      this.#roles[owner].set(name, role);
    }
    return role;
  }

  /**
   * Resolves the ends of all edges, fills `edges`, and gives nodes the ids a person knows. Unknown ends become nodes, or
   * their edges are dropped.
   * @returns new row of each edge, -1 = dropped; null when all were kept
   */
  settleEdges(missingNodes: 'add' | 'drop'): Int32Array | null {
    const ends = this.#resolveEnds(missingNodes);
    const isTyped = this.nodes.types.length > 1;
    const rowOf = new Int32Array(this.numEdgeRecords);
    let kept = 0;
    for (let edge = 0; edge < rowOf.length; edge++) {
      const [source, target] = [this.#source.at(edge), this.#target.at(edge)];
      const isKept = (ends.node[source] as number) >= 0 && (ends.node[target] as number) >= 0;
      rowOf[edge] = isKept ? kept++ : -1;
      if (!isKept) {
        this.#noteDropped(edge, ends.node[source] === -1 ? source : target, ends.text);
        continue;
      }
      this.edges.source.push(ends.node[source] as number);
      this.edges.target.push(ends.node[target] as number);
      this.edges.line.push(this.#line.at(edge));
      this.edges.relation.push(this.#relation.at(edge));
      if (isTyped) {
        this.edges.sourceType.push(ends.type[source] as number);
        this.edges.targetType.push(ends.type[target] as number);
      }
      const directed = this.#directed.at(edge);
      if (this.#saysDirection || this.#isDirected)
        this.edges.directed.push(directed < 0 ? Number(this.#isDirected) : directed);
    }
    this.nodes.checkLimit();
    if (this.#idAttribute !== null) {
      idsFromAttribute(this.nodes.types, (type) => this.attributesOf(type), this.#idAttribute);
    }
    idsWithoutType(this.nodes.types);
    return kept === rowOf.length ? null : rowOf;
  }

  /** NOTE: an id without a type may itself hold a zero character; an empty type before it keeps them apart. */
  #endOf(id: string, type: string | undefined): number {
    if (type === undefined) return this.#ends.internText(id.includes('\0') ? `\0${id}` : id);
    return this.#ends.internText(`${type}\0${id}`);
  }

  /** Node (index within its type) and type of every end; -1 = not known. */
  #resolveEnds(missingNodes: 'add' | 'drop'): {
    readonly node: Int32Array;
    readonly type: Int32Array;
    readonly text: (end: number) => string;
  } {
    const table = this.#ends.finish();
    const decoder = new TextDecoder();
    const text = (end: number): string =>
      decoder.decode(table.bytes.slice(table.offsets[end] as number, table.offsets[end + 1] as number));
    const node = new Int32Array(table.length).fill(-1);
    const type = new Int32Array(table.length);
    const hasDeclared = this.nodes.isDeclared;
    const numDeclaredTypes = this.nodes.types.length;
    for (let end = 0; end < table.length; end++) {
      const [from, to] = [table.offsets[end] as number, table.offsets[end + 1] as number];
      const separator = table.bytes.subarray(from, to).indexOf(0);
      const idFrom = separator < 0 ? from : from + separator + 1;
      const typeName = separator <= 0 ? null : decoder.decode(table.bytes.slice(from, from + separator));
      for (let at = 0; at < numDeclaredTypes && (node[end] as number) < 0; at++) {
        const candidate = this.nodes.types[at] as NodeTypeStore;
        if (typeName !== null && candidate.name !== typeName) continue;
        node[end] = candidate.ids.find(table.bytes, idFrom, to);
        type[end] = at;
      }
      if ((node[end] as number) >= 0) continue;
      if (hasDeclared && missingNodes === 'drop') continue;
      const only = numDeclaredTypes === 1 ? (this.nodes.types[0] as NodeTypeStore).name : DEFAULT_NODE_TYPE;
      const home = this.nodes.type(typeName ?? only);
      node[end] = home.ids.intern(table.bytes, idFrom, to);
      type[end] = this.nodes.types.indexOf(home);
      if (hasDeclared) this.#noteAdded(text(end).replace('\0', ':'));
    }
    return { node, type, text: (end) => text(end).replace('\0', ':') };
  }

  /** Value of the attribute that plays a structural role, taken out of the list. */
  #structural(owner: Owner, role: ColumnRole, attributes: AttributeEntry[]): string | undefined {
    for (let at = 0; at < attributes.length; at++) {
      const [name, value] = attributes[at] as AttributeEntry;
      if (this.roleOf(owner, name) !== role) continue;
      attributes.splice(at, 1);
      const text = textOfValue(value);
      return text === '' ? undefined : text;
    }
    return undefined;
  }

  #write(owner: Owner, table: AttributeTable, row: number, attributes: readonly AttributeEntry[]): void {
    for (const [name, value] of attributes) this.#push(owner, table, row, name, value);
    for (const [name, { fallback, isOnceGiven }] of this.#fallbacks[owner]) {
      const column = table.get(name);
      if (column === undefined ? !isOnceGiven : column.lastRow < row)
        this.#push(owner, table, row, name, fallback);
    }
  }

  #push(owner: Owner, table: AttributeTable, row: number, name: string, value: AttributeValue): void {
    if (value === null || this.roleOf(owner, name) === 'ignore') return;
    let column = table.get(name);
    if (column === undefined) {
      if (table.size >= this.#options.limits.maxColumns) this.#failColumns();
      const declared = this.#declared[owner].get(name);
      column = new RecordColumn(name, declared?.kind ?? this.#options.undeclared);
      table.set(name, column);
      if (declared?.isOnceGiven === true)
        for (let earlier = 0; earlier < row; earlier++) column.push(earlier, declared.fallback);
    }
    // An attribute given twice: the first value stands.
    if (column.lastRow < row) column.push(row, value);
  }

  #noteRepeated(id: string, line: number): void {
    const { file } = this.#options;
    this.notices.add(
      {
        severity: 'warning',
        code: 'repeated-node',
        file,
        words: (count) => `${file}: ${counted(count, 'node')} declared again; the first declaration counts.`,
      },
      line,
      () => `node '${id}'`,
    );
  }

  #noteAdded(id: string): void {
    const { file } = this.#options;
    this.notices.add(
      {
        severity: 'warning',
        code: 'unknown-node-added',
        file,
        words: (count) =>
          `${file}: ${counted(count, 'node')} added that only edges name; all ${count === 1 ? 'its' : 'their'} attributes are missing.`,
      },
      0,
      () => `added node '${id}'`,
    );
  }

  #noteDropped(edge: number, end: number, text: (end: number) => string): void {
    const { file } = this.#options;
    this.notices.add(
      {
        severity: 'warning',
        code: 'unknown-node-dropped',
        file,
        words: (count) => `${file}: ${counted(count, 'edge')} dropped because an end is no declared node.`,
      },
      this.#line.at(edge),
      () => `unknown node '${text(end)}'`,
    );
  }

  #failEdges(): never {
    const limit = this.#options.limits.maxEdges;
    throw new LimitError(`The graph has more than ${limit.toLocaleString('en-US')} edges.`, {
      code: 'too-many-edges',
      remedy: 'Import a part of the graph.',
      details: { limit },
    });
  }

  #failColumns(): never {
    const limit = this.#options.limits.maxColumns;
    throw new LimitError(
      `${this.#options.file} has more than ${limit.toLocaleString('en-US')} different attributes.`,
      {
        code: 'too-many-columns',
        remedy: 'Store wide features as features.svm or features.npy, or give nodes fewer attributes.',
        details: { file: this.#options.file, limit },
      },
    );
  }
}
