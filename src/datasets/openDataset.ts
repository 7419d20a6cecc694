/**
 * Opens a data set by its card: fetches its files, hands them to the importer and adds what the card knows (title, task,
 * target). The same path for bundled files and for the gallery's addresses.
 */
import { type FileSource, memorySource } from '../io/fileSource.ts';
import { importFiles } from '../io/importer.ts';
import {
  DEFAULT_IMPORT_LIMITS,
  DEFAULT_IMPORT_OPTIONS,
  type ImportLimits,
  type ImportProgress,
  type ImportResult,
} from '../io/importTypes.ts';
import type { DatasetCard } from './cardTypes.ts';
import { download, type FetchFile } from './download.ts';

export interface OpenDatasetContext {
  /** Address of the page, under which `datasets/<id>/` lies. */
  readonly baseUrl: string;
  /** Defaults to the global `fetch`. */
  readonly fetchFile?: FetchFile;
  readonly limits?: ImportLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Returns the imported data set, named by its card's title.
 * @throws {WorkbenchError} a file cannot be fetched; the message names the address
 * @throws {LimitError} the files together are larger than `limits.maxBytes`
 * @throws {ParseError | InvalidGraphError | CancelledError} as the importer does
 */
export async function openDataset(card: DatasetCard, context: OpenDatasetContext): Promise<ImportResult> {
  const limits = context.limits ?? DEFAULT_IMPORT_LIMITS;
  const sources = await fetchSources(card, limits, context);
  const { graph, report, hints } = await importFiles(sources, DEFAULT_IMPORT_OPTIONS, {
    limits,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    ...(context.onProgress === undefined ? {} : { onProgress: context.onProgress }),
  });
  return {
    graph: { ...graph, name: card.title },
    report,
    // What the files say comes first: graph.json may be more exact than the card.
    hints: { task: card.defaultTask, ...(card.target === null ? {} : { target: card.target }), ...hints },
  };
}

/** Returns where each file of the card lies. @throws {TypeError} `baseUrl` is not an address */
export function datasetAddresses(card: DatasetCard, baseUrl: string): readonly string[] {
  if (card.kind === 'gallery') return card.files;
  return card.files.map((name) => new URL(`datasets/${card.id}/${name}`, baseUrl).href);
}

async function fetchSources(
  card: DatasetCard,
  limits: ImportLimits,
  context: OpenDatasetContext,
): Promise<readonly FileSource[]> {
  const addresses = datasetAddresses(card, context.baseUrl);
  const received = new Float64Array(addresses.length);
  const announced = new Float64Array(addresses.length);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  // One failed file makes the rest useless, so that its failure ends their downloads too.
  const rest = new AbortController();
  const signal = context.signal === undefined ? rest.signal : AbortSignal.any([context.signal, rest.signal]);
  const fetchOne = async (address: string, index: number): Promise<FileSource> => {
    const bytes = await download(address, {
      fetchFile: context.fetchFile ?? ((target, init) => fetch(target, init)),
      maxBytes: limits.maxBytes,
      signal,
      onBytes(bytesSoFar, announcedBytes) {
        received[index] = bytesSoFar;
        announced[index] = announcedBytes;
        context.onProgress?.({
          stage: 'Downloading',
          bytes: sum(received),
          totalBytes: announced.every((size) => size > 0) ? sum(announced) : 0,
          rows: 0,
        });
      },
    });
    return memorySource(`${card.id}/${address.slice(address.lastIndexOf('/') + 1)}`, bytes);
  };
  try {
    return await Promise.all(addresses.map(fetchOne));
  } catch (thrown) {
    rest.abort();
    throw thrown;
  }
}
