/** All file formats, in the order in which they are shown. A new format is its file, its test and one line here. */
import { createRegistry } from '../../core/registry.ts';
import type { FormatDescriptor } from '../importTypes.ts';
import { arrow } from './arrow.ts';
import { csv } from './csv.ts';
import { jsonRecords } from './jsonRecords.ts';
import { parquet } from './parquet.ts';
import { graphml } from './graphml.ts';
import { gexf } from './gexf.ts';
import { gml } from './gml.ts';
import { pajek } from './pajek.ts';
import { dot } from './dot.ts';
import { ucinet } from './ucinet.ts';
import { gdf } from './gdf.ts';
import { sif } from './sif.ts';
import { lgl } from './lgl.ts';
import { ncol } from './ncol.ts';
import { matrixMarket } from './matrixMarket.ts';
import { numpy } from './numpy.ts';
import { libsvmFeatures } from './libsvmFeatures.ts';
import { tuDataset } from './tuDataset.ts';
import { ogb } from './ogb.ts';
import { nodeLink } from './nodeLink.ts';
import { cytoscapeJson } from './cytoscapeJson.ts';
import { graphology } from './graphology.ts';
import { jgf } from './jgf.ts';
import { cx2 } from './cx2.ts';
import { rdf } from './rdf.ts';
import { plain } from './plain.ts';
import { planetoid } from './planetoid.ts';

export const formats = createRegistry<FormatDescriptor>('file format', [
  plain,
  csv,
  parquet,
  arrow,
  jsonRecords,
  nodeLink,
  cytoscapeJson,
  graphology,
  jgf,
  cx2,
  graphml,
  gexf,
  gml,
  pajek,
  dot,
  ucinet,
  gdf,
  sif,
  lgl,
  ncol,
  matrixMarket,
  numpy,
  libsvmFeatures,
  tuDataset,
  ogb,
  rdf,
  planetoid,
]);
