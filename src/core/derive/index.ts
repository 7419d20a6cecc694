/** Columns that can be derived from the structure of a graph, in the order of the menu. */
import { createRegistry } from '../registry.ts';
import {
  betweennessColumn,
  clusteringColumn,
  coreNumberColumn,
  pageRankColumn,
} from './centralityColumns.ts';
import { degreeColumn } from './degreeColumn.ts';
import type { DerivedColumn } from './derivedColumn.ts';
import { componentColumn, leidenColumn, louvainColumn } from './groupColumns.ts';

export const DERIVED_COLUMNS = createRegistry<DerivedColumn>('derived column', [
  degreeColumn,
  pageRankColumn,
  betweennessColumn,
  coreNumberColumn,
  clusteringColumn,
  componentColumn,
  leidenColumn,
  louvainColumn,
]);
