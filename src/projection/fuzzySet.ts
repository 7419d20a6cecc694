/** The weighted neighbour graph of UMAP: how strongly two rows belong together, whatever the density around them. */
import type { NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';
import { type SymmetricWeights, symmetricWeights } from './symmetricWeights.ts';

const MAX_HALVINGS = 64;
const TOLERANCE = 1e-5;
/** σ is at least this share of the mean distance, so that many equal neighbours do not make it 0. */
const LEAST_SIGMA_RATIO = 1e-3;

/**
 * Returns the directed weights exp(−max(0, d − ρ) / σ) of the entries, [n · k]: ρ is a row's smallest positive distance, and
 * σ solves Σ exp(−max(0, d − ρ) / σ) = log₂ k by bisection. The nearest entry of every row has weight 1.
 *
 * Source: McInnes, Healy & Melville 2018, "UMAP", §3.1 and algorithm 3, https://arxiv.org/abs/1802.03426. O(n · k).
 */
export function membershipStrengths({ size, k, index, distance }: NeighbourLists): Float64Array {
  const weight = new Float64Array(size * k);
  let sum = 0;
  for (let at = 0; at < distance.length; at++) if ((index[at] as number) >= 0) sum += distance[at] as number;
  const leastSigma = (LEAST_SIGMA_RATIO * sum) / Math.max(1, distance.length);
  for (let row = 0; row < size; row++) {
    const own = distance.subarray(row * k, (row + 1) * k);
    const nearest = nearestPositive(own);
    const sigma = Math.max(leastSigma, bandwidth(own, nearest, Math.log2(k)));
    for (let at = 0; at < k; at++) {
      const beyond = (own[at] as number) - nearest;
      weight[row * k + at] = beyond <= 0 || sigma === 0 ? 1 : Math.exp(-beyond / sigma);
    }
  }
  return weight;
}

/** Distances ascend; those found nowhere are ∞. */
function nearestPositive(distances: Float64Array): number {
  for (const distance of distances) if (distance > 0 && distance < Infinity) return distance;
  return 0;
}

function bandwidth(distances: Float64Array, nearest: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    let sum = 0;
    for (let at = 0; at < distances.length; at++) {
      const beyond = (distances[at] as number) - nearest;
      sum += beyond > 0 ? Math.exp(-beyond / sigma) : 1;
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? 2 * sigma : (low + high) / 2;
  }
  return sigma;
}

/** Returns the fuzzy union a + b − ab of the directed weights: symmetric, in [0, 1]. O(n · k²). */
export function fuzzySimplicialSet(lists: NeighbourLists): SymmetricWeights {
  return symmetricWeights(lists, membershipStrengths(lists), (there, back) => there + back - there * back);
}
