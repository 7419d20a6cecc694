/** What an exporter is: a descriptor whose `write` turns a graph, and perhaps a run on it, into one file of bytes. */
import type { Graph } from '../core/graph.ts';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';

export interface ExportInput {
  readonly graph: Graph;
  readonly run: { readonly description: RunDescription; readonly result: RunResult } | null;
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
  readonly needs: 'graph' | 'result' | 'embedding';
  /** @throws {TaskError} the input lacks what `needs` names, or the run is of another graph */
  write(input: ExportInput): ExportedFile | Promise<ExportedFile>;
}
