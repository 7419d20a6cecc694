/**
 * Personalised PageRank of predictions: Z(0) = H, Z(k+1) = (1 − α)·S_k·Z(k) + α·H; the result is Z(K). S_k is S with
 * entries left out at random in each training step, a new mask per propagation step, or S itself.
 *
 * Source: Gasteiger, Bojchevski & Günnemann 2019, "Predict then Propagate: Graph Neural Networks meet Personalized
 * PageRank", eq. 4, https://arxiv.org/abs/1810.05997; dropout of S as in the authors' code.
 * Shapes: S [N, N] sparse, H [N, C] → [N, C].
 */
import { add, customGrad, mul, type Tensor, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { GraphTensors } from '../graphInput.ts';
import { counterDropout } from '../kernels/dropout/op.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { sparseTimesDense } from '../kernels/spmm/sparseProducts.ts';
import { dropoutKey, type ForwardPass, type LayerContext } from './layerContext.ts';

export interface PropagationOptions {
  /** K */
  readonly steps: number;
  /** α in [0, 1]: how much of itself a node keeps. */
  readonly alpha: number;
  /** Share of the entries left out in each step, in [0, 1). */
  readonly edgeDropout: number;
}

export interface AppnpPropagation {
  forward(graph: Pick<GraphTensors, 'symmetric'>, x: Tensor2D, pass: ForwardPass): Tensor2D;
}

/** Has no parameters; takes a dropout site per step when entries are dropped. */
export function createAppnpPropagation(context: LayerContext, options: PropagationOptions): AppnpPropagation {
  const { steps, alpha, edgeDropout } = options;
  const sites = Array.from({ length: edgeDropout > 0 ? steps : 0 }, () => context.nextSite());
  return {
    forward(graph, x, pass) {
      const keys = pass.isTraining ? sites.map((site) => dropoutKey(site, pass)) : [];
      return personalisedPageRank(graph.symmetric(), x, { steps, alpha, edgeDropout, keys });
    },
  };
}

/**
 * Returns Z(K). One operation of its own: it keeps nothing for the backward pass, where the masks are drawn again from
 * their keys. Gradient, with R_0 = G and R_(j+1) = (1 − α)·S_(K−1−j)ᵀ·R_j: dH = α·Σ_(j<K) R_j + R_K.
 * @param keys one per step; empty = nothing is dropped
 * O(K·E·C) time, O(N·C + E) memory. Deterministic where `spmm` is.
 */
export function personalisedPageRank(
  matrix: SparseTensors,
  x: Tensor2D,
  options: PropagationOptions & { readonly keys: readonly number[] },
): Tensor2D {
  const { steps, alpha } = options;
  const propagate = customGrad((...inputs) => ({
    value: tidy(() => {
      const step = decayedProduct(matrix, options, false);
      const h = inputs[0] as Tensor2D;
      const source: Tensor2D = mul(h, alpha);
      let z = h;
      for (let k = 0; k < steps; k++) {
        const next = tidy(() => add(step(k, z), source)) as Tensor2D;
        if (z !== h) z.dispose();
        z = next;
      }
      return steps === 0 ? z.clone() : z;
    }),
    gradFunc: (gradient: Tensor) =>
      tidy(() => {
        const step = decayedProduct(matrix, options, true);
        let rest = gradient as Tensor2D;
        let sum: Tensor2D | null = null;
        for (let k = steps - 1; k >= 0; k--) {
          const before: Tensor2D | null = sum;
          sum = before === null ? rest.clone() : add(before, rest);
          before?.dispose();
          const next = step(k, rest);
          if (rest !== gradient) rest.dispose();
          rest = next;
        }
        return sum === null ? rest.clone() : add(mul(sum, alpha), rest);
      }),
  }));
  return propagate(x) as Tensor2D;
}

/** Returns z ↦ (1 − α)·S_k·z or its transpose. */
function decayedProduct(
  matrix: SparseTensors,
  { alpha, edgeDropout, keys }: PropagationOptions & { readonly keys: readonly number[] },
  isTransposed: boolean,
): (step: number, z: Tensor2D) => Tensor2D {
  const decayed: Tensor1D = mul(matrix.values, 1 - alpha);
  // With its own values for stored ones, a symmetric matrix needs no transposed pattern.
  const scaled: SparseTensors = { ...matrix, values: decayed };
  return (step, z) => {
    const key = keys[step];
    if (key === undefined) return sparseTimesDense(scaled, z, decayed, isTransposed);
    return tidy(() =>
      sparseTimesDense(matrix, z, counterDropout(decayed, edgeDropout, key), isTransposed),
    ) as Tensor2D;
  };
}
