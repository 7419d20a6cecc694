/**
 * Relational graph convolution: out_i = x_i·W_0 + b + Σ_r Σ_{j ∈ N_r(i)} (1 / c_ir)·x_j·W_r, c_ir = |N_r(i)| (the sum of the
 * weights where edges have weights). With B bases W_r = Σ_b a_rb·V_b, so that parameters do not grow with the relations.
 *
 * Source: Schlichtkrull et al. 2018, "Modeling Relational Data with Graph Convolutional Networks", eqs. 2 and 3.
 * https://arxiv.org/abs/1703.06103
 * Shapes: X [senders, F], W_0 and V_b [F, O], a [R, B] → [receivers, O].
 */
import { add, concat, eye, mul, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import type { GraphTensors, InputShape, LayerInput } from '../graphInput.ts';
import { glorotUniform } from '../initializers.ts';
import { gatherRows } from '../kernels/gatherRows/op.ts';
import { spmm } from '../kernels/spmm/op.ts';
import { createBias } from './bias.ts';
import { sumHeads } from './headSum.ts';
import type { LayerContext } from './layerContext.ts';
import { createProjection, type Projection } from './projection.ts';
import { mapReceivers } from './receiverRows.ts';

export interface RgcnOptions {
  /** R; 1 = all arcs alike, whatever their relation. */
  readonly numRelations: number;
  /** B; from R on every relation has a matrix of its own, without coefficients. */
  readonly bases: number;
}

type RgcnGraph = Pick<GraphTensors, 'mean' | 'relations' | 'receivers'>;

export interface RgcnConv {
  forward(graph: RgcnGraph, x: LayerInput): Tensor2D;
}

/**
 * Creates `<name>.self`, and `<name>.relation1` … for R relations or `<name>.basis1` … with `<name>.coefficients` [R, B]
 * (Glorot); `<name>.bias` zero and never decayed. O(B·(N·F·O + E·O)) time, O((N·O + E)·B) memory.
 */
export function createRgcnConv(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
  { numRelations, bases }: RgcnOptions,
): RgcnConv {
  const own = createProjection(context, `${name}.self`, input, outChannels);
  const aggregate = createRelationSum(context, name, numRelations, Math.min(bases, numRelations), (part) =>
    createProjection(context, `${name}.${part}`, input, outChannels),
  );
  const addBias = createBias(context, name, outChannels);
  return {
    forward: (graph, x) => addBias(add(mapReceivers(own.forward, graph, x), aggregate(graph, x))),
  };
}

function createRelationSum(
  { store, seed, weightDecay }: LayerContext,
  name: string,
  numRelations: number,
  bases: number,
  createPart: (part: string) => Projection,
): (graph: RgcnGraph, x: LayerInput) => Tensor2D {
  const isDecomposed = bases < numRelations;
  const parts = Array.from({ length: bases }, (_, index) =>
    createPart(`${isDecomposed ? 'basis' : 'relation'}${index + 1}`),
  );
  // One relation's 1 / c_ir is the mean over all neighbours.
  if (numRelations === 1) return (graph, x) => (parts[0] as Projection).aggregate(graph.mean(), x);
  const coefficients = isDecomposed
    ? store.add(
        `${name}.coefficients`,
        glorotUniform(numRelations, bases, seed, store.all.length),
        weightDecay,
      )
    : null;
  return (graph, x) => {
    const { matrix, relations } = graph.relations();
    const shares = (coefficients?.value ?? eye(numRelations)) as Tensor2D;
    const norms = reshape(matrix.values, [matrix.numEntries, 1]);
    const messages = concat(
      parts.map((part) => part.forward(x)),
      1,
    );
    return sumHeads(spmm(matrix, messages, mul(gatherRows(shares, relations), norms)), bases);
  };
}
