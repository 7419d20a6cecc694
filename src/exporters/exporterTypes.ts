/** What an exporter is: a descriptor whose `write` turns a graph, and perhaps a run on it, into one file of bytes. */
import type { Graph } from '../core/graph.ts';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';

/** Some rows of the node tables or of the edge table, in the order in which they are written. */
export interface ExportRows {
  readonly table: 'nodes' | 'edges';
  /** Global node indices, or rows of the edge table. */
  readonly indices: Int32Array;
}

export interface ExportInput {
  readonly graph: Graph;
  readonly run: { readonly description: RunDescription; readonly result: RunResult } | null;
  /** What exporters that need a selection write. */
  readonly rows?: ExportRows | null;
}

export interface ExportedFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ExporterDescriptor {
  /** kebab-case and stable. */
  readonly id: string;
  /** As the menu shows it. */
  readonly name: string;
  readonly summary: string;
  readonly needs: 'graph' | 'selection' | 'result' | 'embedding';
  /** @throws {TaskError} the input lacks what `needs` names, or the run is of another graph */
  write(input: ExportInput): ExportedFile | Promise<ExportedFile>;
}
