/** Every bundled data set, built from its script; `build.mjs` writes them and `all.test.ts` holds the folder against them. */
import { buildCitationSbm } from './citationSbm.ts';
import type { BuiltDataset } from './datasetFiles.ts';
import { buildKarate } from './karate.ts';
import { buildLesMiserables } from './lesMiserables.ts';
import { withThumbnail } from './thumbnail.ts';
import { buildUsFlights } from './usFlights.ts';

export function buildAllDatasets(): Promise<readonly BuiltDataset[]> {
  return Promise.all(
    [buildCitationSbm(), buildKarate(), buildLesMiserables(), buildUsFlights()].map(withThumbnail),
  );
}
