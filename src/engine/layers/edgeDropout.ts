/**
 * Edge dropout: in a training step each arc is left out with the given probability, the others scaled by 1/(1 − p).
 * Source: Rong et al. 2020, "DropEdge", https://arxiv.org/abs/1907.10903 (here after normalisation, so that degrees need
 * no recomputation and sums keep their expectation).
 */
import type { GraphTensors } from '../graphInput.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { dropAt, type ForwardPass } from './layerContext.ts';

/** Returns the graph whose matrices have dropped values; the graph itself when nothing is dropped. */
export function withEdgeDropout(
  graph: GraphTensors,
  rate: number,
  site: number,
  pass: ForwardPass,
): GraphTensors {
  if (!pass.isTraining || rate === 0) return graph;
  const dropped = (matrix: SparseTensors): SparseTensors => ({
    ...matrix,
    values: dropAt(matrix.values, site, pass, rate),
    isSymmetric: false,
  });
  return {
    ...graph,
    symmetric: () => dropped(graph.symmetric()),
    mean: () => dropped(graph.mean()),
    adjacency: () => dropped(graph.adjacency()),
    relations: () => ({ ...graph.relations(), matrix: dropped(graph.relations().matrix) }),
  };
}
