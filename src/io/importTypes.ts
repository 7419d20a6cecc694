/**
 * The vocabulary of importing: what a person is shown before a graph is read (preview), what they may change (options),
 * and what they are told afterwards (report). All plain data that crosses the worker boundary.
 */
import type { Graph } from '../core/graph.ts';
import type { ColumnKind } from '../core/columns.ts';
import type { FileSource } from './fileSource.ts';

export const COLUMN_ROLES = [
  'node-id',
  'node-type',
  'source',
  'target',
  'relation',
  'weight',
  'time',
  'label',
  'split',
  'feature',
  'attribute',
  'ignore',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

export interface ColumnPreview {
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: ColumnKind;
  /** True where the format itself fixes role and kind: the id of a GraphML node. */
  readonly isFixed?: boolean;
}

export type TableRole = 'nodes' | 'edges' | 'features' | 'settings' | 'ignored';

export interface TablePreview {
  readonly path: string;
  readonly role: TableRole;
  /** Node type or relation the table defines; '' for the only one. */
  readonly type: string;
  /** How the bytes were read: 'comma separated, UTF-8, header row'. */
  readonly dialect: string;
  readonly columns: readonly ColumnPreview[];
  /** First rows as text, one string per column. */
  readonly sampleRows: readonly (readonly string[])[];
  readonly sizeBytes: number;
}

export interface ImportNotice {
  readonly severity: 'info' | 'warning';
  readonly code: string;
  /** One sentence, with the count in it. */
  readonly message: string;
  readonly count: number;
  readonly file?: string;
  /** Rows behind the notice: of a warning all up to 100,000, else the first 20. `line` is 1-based; 0 = not known. */
  readonly examples: readonly { readonly line: number; readonly text: string }[];
}

/** A person's choice for each column, by path of the table and name of the column; absent columns keep the guess. */
export type ColumnChoices<Choice> = Readonly<Record<string, Readonly<Record<string, Choice>>>>;

/** What a person made of one table; absent fields keep the guess. */
export interface TableChoice {
  readonly role?: TableRole;
  /** Node type or relation of its rows. */
  readonly type?: string;
}

export interface ImportOptions {
  /** `auto` follows the file or graph.json, else undirected. */
  readonly direction: 'auto' | 'directed' | 'undirected';
  /** An edge that names an unknown node: add the node, or drop the edge. */
  readonly missingNodes: 'add' | 'drop';
  /** A node id that occurs twice within a type: refuse the file, or keep its first row. */
  readonly duplicateNodes: 'keep-first' | 'refuse';
  /** Edges of one type between the same nodes: keep all as parallel edges, keep the first, or sum their weights. */
  readonly duplicateEdges: 'keep' | 'keep-first' | 'sum-weights';
  readonly selfLoops: 'keep' | 'drop';
  readonly tables: Readonly<Record<string, TableChoice>>;
  readonly roles: ColumnChoices<ColumnRole>;
  readonly kinds: ColumnChoices<ColumnKind>;
}

export const DEFAULT_IMPORT_OPTIONS: ImportOptions = {
  direction: 'auto',
  missingNodes: 'add',
  duplicateNodes: 'keep-first',
  duplicateEdges: 'keep',
  selfLoops: 'keep',
  tables: {},
  roles: {},
  kinds: {},
};

export interface ImportPreview {
  readonly formatId: string;
  readonly formatName: string;
  /** Why this format was chosen, one sentence. */
  readonly why: string;
  readonly title: string;
  readonly tables: readonly TablePreview[];
  readonly notices: readonly ImportNotice[];
}

/** What the data says about how to learn from it (graph.json, a card); every field optional. */
export interface TaskHints {
  readonly task?: string;
  readonly target?: string;
  readonly split?: string;
  readonly features?: readonly string[];
}

export interface ImportReport {
  readonly formatId: string;
  /** One line: '2,708 nodes · 5,278 edges · 7 labels · 1,433 sparse features'. */
  readonly summary: string;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly elapsedMs: number;
  readonly notices: readonly ImportNotice[];
}

export interface ImportResult {
  readonly graph: Graph;
  readonly report: ImportReport;
  readonly hints: TaskHints;
}

export interface ImportProgress {
  readonly stage: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
}

export interface ImportLimits {
  /** Bytes of all files after decompression. */
  readonly maxBytes: number;
  /** Decompressed size over compressed size, checked once over 1 MiB came out. */
  readonly maxExpansionRatio: number;
  readonly maxEntries: number;
  readonly maxColumns: number;
  readonly maxCellBytes: number;
  readonly maxNodes: number;
  readonly maxEdges: number;
}

export const DEFAULT_IMPORT_LIMITS: ImportLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxExpansionRatio: 200,
  maxEntries: 2000,
  maxColumns: 20_000,
  maxCellBytes: 1024 ** 2,
  maxNodes: 50_000_000,
  maxEdges: 200_000_000,
};

export interface ReadContext {
  readonly limits: ImportLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** One file format (or folder layout). `detect` is cheap: names and first bytes only. */
export interface FormatDescriptor {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly extensions: readonly string[];
  /** Documentation of the format. */
  readonly source: string;
  /** Returns 0 (not this) to 1 (certainly this) and the reason in words. */
  detect(files: readonly ProbedFile[]): { readonly confidence: number; readonly why: string };
  preview(files: readonly ProbedFile[], context: ReadContext): Promise<ImportPreview>;
  /** @throws {ParseError | InvalidGraphError | LimitError | CancelledError} */
  read(files: readonly ProbedFile[], options: ImportOptions, context: ReadContext): Promise<ImportResult>;
}

/** A file with its first bytes, after archives were opened. */
export interface ProbedFile {
  readonly source: FileSource;
  /** Up to 64 KiB. */
  readonly head: Uint8Array;
}
