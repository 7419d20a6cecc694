/** Draws an index with probability proportional to its weight, for the graph generators. */
import { ParameterError } from '../errors.ts';
import type { RandomSequence } from '../random.ts';

/**
 * Returns a function that draws i with probability weights[i] / Σ weights. O(n) to set up, O(log n) per draw.
 * @throws {ParameterError} no weight is positive, or one is negative or not finite
 */
export function weightedChoice(weights: ArrayLike<number>, random: RandomSequence): () => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    if (!(weight >= 0 && weight < Infinity)) refuse(`Weight ${at} is ${weight}.`);
    total += weight;
    cumulative[at] = total;
  }
  if (total === 0) refuse('Every weight is 0.');
  return () => {
    const drawn = random.uniform() * total;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function refuse(message: string): never {
  throw new ParameterError(message, {
    code: 'choice-weights',
    remedy: 'Give finite weights of which at least one is above 0.',
  });
}
