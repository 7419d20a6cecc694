/** The layouts on offer, the default first. */
import { createRegistry } from '../core/registry.ts';
import { byColumns } from './byColumns.ts';
import { byEmbedding } from './byEmbedding.ts';
import { circular } from './circular.ts';
import { concentric } from './concentric.ts';
import { forceAtlas2 } from './forceAtlas2.ts';
import { grid } from './grid.ts';
import { layered } from './layered.ts';

export const LAYOUTS = createRegistry('layout', [
  forceAtlas2,
  circular,
  concentric,
  grid,
  layered,
  byColumns,
  byEmbedding,
]);
