/** Reads one file several times through the importer and says how long it took; in Node and in the browser worker alike. */
import { numEdges, numNodes } from '../src/core/graph.ts';
import type { FileSource } from '../src/io/fileSource.ts';
import { importFiles } from '../src/io/importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../src/io/importTypes.ts';
import { median } from './median.ts';

export interface ParsingTimes {
  readonly nodes: number;
  readonly edges: number;
  readonly bytes: number;
  /** File to Graph, each reading; the first is the one a person waits for. */
  readonly eachMs: readonly number[];
  readonly medianMs: number;
}

/** @throws {Error} the file cannot be read */
export async function timeParsing(source: FileSource, readings: number): Promise<ParsingTimes> {
  const eachMs: number[] = [];
  let size = { nodes: 0, edges: 0 };
  for (let reading = 0; reading < readings; reading++) {
    const start = performance.now();
    const { graph } = await importFiles([source], DEFAULT_IMPORT_OPTIONS, {});
    eachMs.push(performance.now() - start);
    size = { nodes: numNodes(graph), edges: numEdges(graph) };
  }
  return { ...size, bytes: source.sizeBytes, eachMs, medianMs: median(eachMs) };
}
