/** Everything that can be exported as data, in the order of the menu. Images belong to the view that draws them. */
import { createRegistry } from '../core/registry.ts';
import { edgesCsv } from './edgesCsv.ts';
import { embeddingsCsv } from './embeddingsCsv.ts';
import { graphCx2 } from './graphCx2.ts';
import { graphCytoscape } from './graphCytoscape.ts';
import { graphGexf } from './graphGexf.ts';
import { graphGml } from './graphGml.ts';
import { graphGraphml } from './graphGraphml.ts';
import { graphNodeLink } from './graphNodeLink.ts';
import { nodesCsv } from './nodesCsv.ts';
import { predictionsCsv } from './predictionsCsv.ts';
import { selectionCsv } from './selectionCsv.ts';
import { selectionJson } from './selectionJson.ts';
import { selectionParquet } from './selectionParquet.ts';
import { tablesCsv } from './tablesCsv.ts';
import { tablesParquet } from './tablesParquet.ts';

export const EXPORTERS = createRegistry('exporter', [
  predictionsCsv,
  embeddingsCsv,
  graphGraphml,
  graphGexf,
  graphGml,
  graphCx2,
  graphCytoscape,
  graphNodeLink,
  nodesCsv,
  edgesCsv,
  selectionCsv,
  selectionJson,
  selectionParquet,
  tablesCsv,
  tablesParquet,
]);
