/** Nodes where the embedding view shows them: what the model takes for alike lies together, with the edges between. */
import { ParameterError } from '../core/errors.ts';
import { resolveValues } from '../core/parameters.ts';
import type { LayoutDescriptor, LayoutInput } from './layoutTypes.ts';
import { plotPlaces } from './plotPlaces.ts';
import { createStaticLayout } from './staticLayout.ts';

export const byEmbedding: LayoutDescriptor = {
  id: 'embedding',
  name: 'By embedding',
  summary:
    'The coordinates of the embedding view, as they are now: what the model takes for alike lies together.',
  source: 'standard; the projection is that of the embedding view',
  isStatic: true,
  parameters: [],
  columns: {},
  needs: 'embedding',
  create: (input) => createStaticLayout(input, embeddingPlaces),
};

function embeddingPlaces(input: LayoutInput): Float64Array {
  resolveValues([], input.parameters ?? {});
  const { x, y } = input.numbers ?? {};
  if (x === undefined || y === undefined) {
    throw new ParameterError('The layout by embedding has no coordinates.', {
      code: 'layout-embedding',
      remedy: 'Train a model first; its embedding gives the places.',
    });
  }
  // As the embedding view draws them.
  return plotPlaces(input, x, y, { scale: 'same', isUp: true });
}
