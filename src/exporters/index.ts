/** Everything that can be exported as data, in the order of the menu. Images belong to the view that draws them. */
import { createRegistry } from '../core/registry.ts';
import { edgesCsv } from './edgesCsv.ts';
import { embeddingsCsv } from './embeddingsCsv.ts';
import { graphGraphml } from './graphGraphml.ts';
import { nodesCsv } from './nodesCsv.ts';
import { predictionsCsv } from './predictionsCsv.ts';

export const EXPORTERS = createRegistry('exporter', [
  predictionsCsv,
  embeddingsCsv,
  graphGraphml,
  nodesCsv,
  edgesCsv,
]);
