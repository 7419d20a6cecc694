/** The probabilities of t-SNE: how likely a row would pick another as its neighbour, at a given perplexity. */
import { listLength, type NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';
import { type SymmetricWeights, symmetricWeights } from './symmetricWeights.ts';

const MAX_HALVINGS = 100;
const TOLERANCE = 1e-10;

/**
 * Writes p_j ∝ exp(−β d_j²) with entropy log(perplexity) and returns β, found by bisection. Equal distances give equal
 * shares. O(k) per halving.
 * @param distances [k] ascending; a perplexity below k is reachable
 */
export function conditionalProbabilities(
  distances: Float64Array,
  perplexity: number,
  out: Float64Array,
): number {
  const target = Math.log(perplexity);
  const nearest = distances[0] as number;
  let low = 0;
  let high = Infinity;
  // Distances of any unit: the first guess is where the mean exponent is 1.
  let mean = 0;
  for (const distance of distances) mean += (distance * distance - nearest * nearest) / distances.length;
  let beta = mean > 0 ? 1 / mean : 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const entropy = softmax(distances, beta, out);
    if (Math.abs(entropy - target) < TOLERANCE || mean === 0) break;
    if (entropy > target) low = beta;
    else high = beta;
    beta = high === Infinity ? 2 * beta : (low + high) / 2;
  }
  return beta;
}

/** Writes the shares and returns their entropy in nats. The nearest is taken off, so that nothing underflows. */
function softmax(distances: Float64Array, beta: number, out: Float64Array): number {
  const nearest = (distances[0] as number) ** 2;
  let sum = 0;
  let weighted = 0;
  for (let at = 0; at < distances.length; at++) {
    const beyond = beta * ((distances[at] as number) ** 2 - nearest);
    const share = Math.exp(-beyond);
    out[at] = share;
    sum += share;
    weighted += share * beyond;
  }
  for (let at = 0; at < distances.length; at++) out[at] = (out[at] as number) / sum;
  return Math.log(sum) + weighted / sum;
}

/**
 * Returns the joint probabilities (p_{j|i} + p_{i|j}) / 2n over the listed pairs; they sum to 1.
 *
 * Source: van der Maaten & Hinton 2008, "Visualizing Data using t-SNE", JMLR 9; restricted to neighbours as in van der
 * Maaten 2014, "Accelerating t-SNE using Tree-Based Algorithms", JMLR 15. O(n · k²).
 */
export function jointProbabilities(lists: NeighbourLists, perplexity: number): SymmetricWeights {
  const { size, k, distance } = lists;
  const conditional = new Float64Array(size * k);
  for (let row = 0; row < size; row++) {
    const start = row * k;
    const end = start + listLength(lists, row);
    conditionalProbabilities(distance.subarray(start, end), perplexity, conditional.subarray(start, end));
  }
  return symmetricWeights(lists, conditional, (there, back) => (there + back) / (2 * size));
}
