/**
 * The io worker's service: opening files and data sets, and writing exports. One read at a time, cancellable.
 * No algorithms here.
 */
import { transfer } from 'comlink';
import { InvalidGraphError } from '../../core/errors.ts';
import { DATASETS } from '../../datasets/index.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { EXPORTERS } from '../../exporters/index.ts';
import { formats } from '../../io/formats/index.ts';
import { blobSource, type FileSource } from '../../io/fileSource.ts';
import { importFiles, inspectFiles } from '../../io/importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../../io/importTypes.ts';
import type { IoService } from '../protocol.ts';

export function createIoService(): IoService {
  let sources: readonly FileSource[] = [];
  let abort = new AbortController();
  const begin = (): AbortSignal => {
    abort.abort();
    abort = new AbortController();
    return abort.signal;
  };
  const limits = DEFAULT_IMPORT_LIMITS;

  return {
    catalogue: () =>
      Promise.resolve({
        importDefaults: DEFAULT_IMPORT_OPTIONS,
        datasets: DATASETS.all,
        exporters: EXPORTERS.all.map(({ id, name, needs }) => ({ id, name, needs })),
        formats: formats.all.map(({ id, name, extensions, summary }) => ({ id, name, extensions, summary })),
      }),
    inspect(files) {
      sources = files.map(({ path, blob }) => blobSource(path, blob));
      return inspectFiles(sources, { limits, signal: begin() });
    },
    read: (options, onProgress) => {
      if (sources.length === 0) {
        throw new InvalidGraphError('The files to import are gone (the import worker was restarted).', {
          code: 'files-gone',
          remedy: 'Drop the files again.',
        });
      }
      return importFiles(sources, options, { limits, signal: begin(), onProgress });
    },
    openDataset: (id, baseUrl, onProgress) =>
      openDataset(DATASETS.get(id), { baseUrl, limits, signal: begin(), onProgress }),
    cancel() {
      abort.abort();
      return Promise.resolve();
    },
    async exportFile({ exporterId, graph, run }) {
      const file = await EXPORTERS.get(exporterId).write({ graph, run });
      return transfer(file, [file.bytes.buffer]);
    },
  };
}
