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
import { gdf } from './gdf.ts';
import { sif } from './sif.ts';
import { lgl } from './lgl.ts';
import { ncol } from './ncol.ts';
import { matrixMarket } from './matrixMarket.ts';
import { plain } from './plain.ts';
import { planetoid } from './planetoid.ts';

export const formats = createRegistry<FormatDescriptor>('file format', [
  plain,
  csv,
  parquet,
  arrow,
  jsonRecords,
  graphml,
  gexf,
  gml,
  gdf,
  sif,
  lgl,
  ncol,
  matrixMarket,
  planetoid,
]);
