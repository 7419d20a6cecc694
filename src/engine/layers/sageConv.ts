/**
 * GraphSAGE: out_i = x_i·W_self + AGG_{j ∈ N(i)}·W_nb + b, no self-loops added; nodes without neighbours keep their own part.
 * AGG: `mean` of x_j (by edge weight), `pool` = max of relu(x_j·W_p + b_p) per channel, or `max` of x_j itself.
 *
 * Source: Hamilton, Ying & Leskovec 2017, "Inductive Representation Learning on Large Graphs", algorithm 1 and eq. 3;
 * the concatenation [x_i, AGG]·W is written as a sum of two products. https://arxiv.org/abs/1706.02216
 * Shapes: X [senders, F], W_self [F, O], W_p [F, P], W_nb [F or P, O], b [O] → [receivers, O].
 */
import { add, div, maximum, relu, sqrt, square, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import { ParameterError } from '../../core/errors.ts';
import { type GraphTensors, type InputShape, isFeatures, type LayerInput } from '../graphInput.ts';
import { spmmMax } from '../kernels/spmmMax/op.ts';
import { createBias } from './bias.ts';
import type { LayerContext } from './layerContext.ts';
import { createLinear } from './linear.ts';
import { createProjection } from './projection.ts';
import { mapReceivers } from './receiverRows.ts';

export type SageAggregation = 'mean' | 'pool' | 'max';

export interface SageOptions {
  readonly aggregation: SageAggregation;
  /** P, width of the messages of `pool`; default O. */
  readonly poolChannels?: number;
  /** Divides each output row by its length (at least 1e-6). */
  readonly isNormalised?: boolean;
}

type SageGraph = Pick<GraphTensors, 'mean' | 'adjacency' | 'receivers'>;

export interface SageConv {
  forward(graph: SageGraph, x: LayerInput): Tensor2D;
}

/** Squares of lengths below this count as this: a zero row stays zero. */
const LEAST_SQUARE = 1e-12;

/**
 * Creates the weights `<name>.self` and `<name>.neighbours` (Glorot), `<name>.bias` (zero, never decayed), and for `pool`
 * the map `<name>.pool`. Sparse features are never densified: every aggregation but `max` works on projected rows.
 */
export function createSageConv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
  { aggregation, poolChannels = outChannels, isNormalised = false }: SageOptions,
): SageConv {
  const own = createProjection(context, `${name}.self`, input, outChannels);
  const pool = aggregation === 'pool' ? createLinear(context, `${name}.pool`, input, poolChannels) : null;
  const neighbourInput = pool === null ? input : poolChannels;
  const neighbours = createProjection(context, `${name}.neighbours`, neighbourInput, outChannels);
  const addBias = createBias(context, name, outChannels);

  function aggregate(graph: SageGraph, x: LayerInput): Tensor2D {
    if (aggregation === 'mean') return neighbours.aggregate(graph.mean(), x);
    const messages = pool === null ? denseRows(x) : relu(pool.forward(x));
    return neighbours.forward(spmmMax(graph.adjacency(), messages));
  }

  return {
    forward(graph, x) {
      const mixed = addBias(add(mapReceivers(own.forward, graph, x), aggregate(graph, x)));
      return isNormalised ? unitRows(mixed) : mixed;
    },
  };
}

/** Returns x_i / √max(x_i·x_i, 1e-12). */
function unitRows(x: Tensor2D): Tensor2D {
  return div(x, sqrt(maximum(sum(square(x), 1, true), LEAST_SQUARE)));
}

/** The largest value per channel needs every channel of every sender at hand. */
function denseRows(x: LayerInput): Tensor2D {
  if (!isFeatures(x)) return x;
  if (x.sparse !== null || x.dense === null) {
    throw new ParameterError('The largest neighbour value cannot be taken of sparse features.', {
      code: 'sparse-max',
      remedy: 'Use the aggregation pool, which projects the features first.',
    });
  }
  return x.dense;
}
