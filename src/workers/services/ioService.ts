/**
 * The io worker's service: opening files and data sets, and writing exports. One read at a time, cancellable.
 * No algorithms here.
 */
import { transfer } from 'comlink';
import { InvalidGraphError } from '../../core/errors.ts';
import { joinGraphs } from '../../core/joinGraphs.ts';
import { describeMatch } from '../../core/matchGraphs.ts';
import { fetchAddress } from '../../datasets/fetchAddress.ts';
import { DATASETS } from '../../datasets/index.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { EXPORTERS } from '../../exporters/index.ts';
import { formats } from '../../io/formats/index.ts';
import { blobSource, type FileSource } from '../../io/fileSource.ts';
import { importFiles, inspectFiles } from '../../io/importer.ts';
import {
  DEFAULT_IMPORT_LIMITS,
  DEFAULT_IMPORT_OPTIONS,
  type ImportOptions,
  type ImportPreview,
  type ImportProgress,
  type ImportResult,
} from '../../io/importTypes.ts';
import { summarise } from '../../io/tables/summary.ts';
import type { IoService } from '../protocol.ts';

export function createIoService(): IoService {
  let sources: readonly FileSource[] = [];
  /** What `matchJoin` read, so that the import which follows need not read it again. */
  let kept: { readonly key: string; readonly result: ImportResult } | null = null;
  let abort = new AbortController();
  const begin = (): AbortSignal => {
    abort.abort();
    abort = new AbortController();
    return abort.signal;
  };
  const limits = DEFAULT_IMPORT_LIMITS;

  function inspectSources(files: readonly FileSource[], signal: AbortSignal): Promise<ImportPreview> {
    sources = files;
    kept = null;
    return inspectFiles(sources, { limits, signal });
  }

  async function readSources(
    options: ImportOptions,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportResult> {
    if (sources.length === 0) {
      throw new InvalidGraphError('The files to import are gone (the import worker was restarted).', {
        code: 'files-gone',
        remedy: 'Drop the files again.',
      });
    }
    const signal = begin();
    if (kept?.key === JSON.stringify(options)) return kept.result;
    kept = null;
    return importFiles(sources, options, { limits, signal, onProgress });
  }

  return {
    catalogue: () =>
      Promise.resolve({
        importDefaults: DEFAULT_IMPORT_OPTIONS,
        datasets: DATASETS.all,
        exporters: EXPORTERS.all.map(({ id, name, needs }) => ({ id, name, needs })),
        formats: formats.all.map(({ id, name, extensions, summary }) => ({ id, name, extensions, summary })),
      }),
    inspect: (files) =>
      inspectSources(
        files.map(({ path, blob }) => blobSource(path, blob)),
        begin(),
      ),
    async inspectAddress(address, onProgress) {
      const signal = begin();
      return inspectSources([await fetchAddress(address, { signal, onProgress })], signal);
    },
    async matchJoin(options, joinOptions, graph, onProgress) {
      const inspected = sources;
      const result = await readSources(options, onProgress);
      if (inspected === sources) kept = { key: JSON.stringify(options), result };
      return describeMatch(graph, result.graph, joinOptions);
    },
    async join(options, joinOptions, graph, onProgress) {
      const { graph: incoming, report, hints } = await readSources(options, onProgress);
      kept = null;
      const joined = joinGraphs(graph, incoming, joinOptions);
      const summary = summarise(joined.graph, [hints.target ?? 'label']);
      return { ...joined, report: { ...report, summary }, hints };
    },
    async read(options, onProgress) {
      const result = await readSources(options, onProgress);
      kept = null;
      return result;
    },
    openDataset: (id, baseUrl, onProgress) =>
      openDataset(DATASETS.get(id), { baseUrl, limits, signal: begin(), onProgress }),
    cancel() {
      abort.abort();
      kept = null;
      return Promise.resolve();
    },
    async exportFile({ exporterId, graph, run, rows }) {
      const file = await EXPORTERS.get(exporterId).write({ graph, run, rows });
      return transfer(file, [file.bytes.buffer]);
    },
  };
}
