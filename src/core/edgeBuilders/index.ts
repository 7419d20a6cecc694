/** The builders of edges, in the order of the menu. */
import { createRegistry } from '../registry.ts';
import type { EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';
import { nearestNeighbours } from './nearestNeighbours.ts';
import { radiusGraph } from './radiusGraph.ts';
import { sameValue } from './sameValue.ts';
import { sharedNeighbours } from './sharedNeighbours.ts';
import { similarTexts } from './similarTexts.ts';

export const EDGE_BUILDERS = createRegistry<EdgeBuilderDescriptor>('edge builder', [
  nearestNeighbours,
  radiusGraph,
  sharedNeighbours,
  sameValue,
  similarTexts,
]);
