/**
 * What readers of record formats (XML, JSON, GML, RDF …) hand over: nodes and edges one after another, attributes by
 * name. A reader knows its syntax and nothing of tables, ids or policies; `recordTables.ts` makes the graph of it.
 */
import type { NoticeList } from '../notices.ts';

/** One value of an attribute; null = missing. A date may also be an ISO string, a vector a list of numbers. */
export type AttributeValue = string | number | boolean | null | Date | readonly number[];

/**
 * What a file says about an attribute. `words`: nothing, its text decides as in a CSV cell ("12" is a number, "NA" is
 * missing). `values`: nothing, but values are typed (JSON): a string stays a string. The others are declarations; `number`
 * leaves the width open, `f32` and `f64` tell it.
 */
export type DeclaredKind =
  | 'words'
  | 'values'
  | 'integer'
  | 'number'
  | 'f32'
  | 'f64'
  | 'boolean'
  | 'text'
  | 'date'
  | 'vector';

export type AttributeEntry = readonly [name: string, value: AttributeValue];

export interface NodeRecord {
  readonly id: string;
  /** Node type; the only one when absent. Ids are unique within a type. */
  readonly type?: string;
  /** 1-based line or record number for messages; 0 or absent = not known. */
  readonly line?: number;
  readonly attributes?: Iterable<AttributeEntry>;
}

export interface EdgeRecord {
  readonly source: string;
  readonly target: string;
  /** Node types of the ends, where the file tells them; else an end is looked up in all types. */
  readonly sourceType?: string;
  readonly targetType?: string;
  readonly relation?: string;
  /** Absent = the file's default. */
  readonly directed?: boolean;
  readonly line?: number;
  readonly attributes?: Iterable<AttributeEntry>;
}

/** Nodes may come after edges that name them; attributes of a repeated node are not read. */
export interface RecordSink {
  readonly notices: NoticeList;
  setName(name: string): void;
  /** Direction of edges that do not say. Without a call they are undirected. */
  setDirected(directed: boolean): void;
  /**
   * Names an attribute that holds the ids a person knows (GML's `label`): if every node has one and no two are equal, its
   * values replace the ids of the file, also as ends of edges, and it is no attribute any more.
   */
  preferIds(attribute: string): void;
  /**
   * Declares an attribute before its first value. `fallback` is the value of records that lack it: `always`, or
   * `once-given`, which makes no column of it where no record has a value of its own (GEXF: an edge weighs 1).
   */
  declare(
    owner: 'nodes' | 'edges',
    name: string,
    kind: DeclaredKind,
    fallback?: AttributeValue,
    when?: 'always' | 'once-given',
  ): void;
  /** @throws {LimitError} too many nodes or columns; in a preview, a signal that enough was seen: let it pass through */
  node(record: NodeRecord): void;
  /** @throws {LimitError} as `node` */
  edge(record: EdgeRecord): void;
}
