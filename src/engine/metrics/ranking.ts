/**
 * Measures of how well scores put positives before negatives, in float64: area under the ROC curve, average precision
 * and recall among the first k. Tied scores count as one group, as scikit-learn counts them.
 */

export interface RankingMetrics {
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly recallAtK: number;
}

/**
 * Returns all three from one pass over the distinct scores, highest first; null when the labels hold only one class or
 * a score is not a number, because no curve is defined then.
 *
 * - rocAuc = P(score of a positive > score of a negative) + ½ P(equal)
 * - averagePrecision = Σ (R_g − R_{g−1}) P_g over the groups g of equal scores
 * - recallAtK = share of the positives among the k highest scores, k = number of positives (so that precision@k is the
 *   same number). A group of ties that straddles k counts by its expected number of positives, so that the order of rows
 *   does not matter.
 *
 * Positives and negatives are sorted apart: a typed array sorts several times faster without a comparator. O(n log n).
 * @param labels [n] 0 or 1
 */
export function rankingMetrics(labels: Uint8Array, scores: Float64Array): RankingMetrics | null {
  const sorted = sortApart(labels, scores);
  if (sorted === null) return null;
  const { positives, negatives } = sorted;
  const [numPositives, numNegatives] = [positives.length, negatives.length];
  let [hits, misses, area, precisionSum, hitsAtK] = [0, 0, 0, 0, 0];
  while (hits < numPositives) {
    const best = Math.max(last(positives, hits), last(negatives, misses));
    const tiedPositives = countTied(positives, hits, best);
    const tiedNegatives = countTied(negatives, misses, best);
    const room = Math.min(1, Math.max(0, numPositives - hits - misses) / (tiedPositives + tiedNegatives));
    hitsAtK += tiedPositives * room;
    // Each negative of the group is below all earlier positives and ties with the group's own.
    area += tiedNegatives * (hits + tiedPositives / 2);
    hits += tiedPositives;
    misses += tiedNegatives;
    precisionSum += (tiedPositives * hits) / (hits + misses);
  }
  area += (numNegatives - misses) * numPositives;
  return {
    rocAuc: area / (numPositives * numNegatives),
    averagePrecision: precisionSum / numPositives,
    recallAtK: hitsAtK / numPositives,
  };
}

/** Scores of both classes, ascending; null when a class is empty or a score is not a number. */
function sortApart(
  labels: Uint8Array,
  scores: Float64Array,
): { readonly positives: Float64Array; readonly negatives: Float64Array } | null {
  const apart = new Float64Array(scores.length);
  let [front, back] = [0, scores.length];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] as number;
    if (Number.isNaN(score)) return null;
    if (labels[at] === 1) apart[front++] = score;
    else apart[--back] = score;
  }
  if (front === 0 || back === scores.length) return null;
  return { positives: apart.subarray(0, front).sort(), negatives: apart.subarray(front).sort() };
}

/** Largest entry of an ascending list of which the `taken` largest are gone; −∞ when none is left. */
function last(ascending: Float64Array, taken: number): number {
  return taken < ascending.length ? (ascending[ascending.length - 1 - taken] as number) : -Infinity;
}

function countTied(ascending: Float64Array, taken: number, value: number): number {
  let end = taken;
  while (end < ascending.length && ascending[ascending.length - 1 - end] === value) end++;
  return end - taken;
}

/** Mean of rocAuc and averagePrecision over the labels for which they are defined; null when there is none. */
export function macroRanking(
  perLabel: Iterable<RankingMetrics | null>,
): { readonly rocAuc: number; readonly prAuc: number } | null {
  let [count, rocAuc, prAuc] = [0, 0, 0];
  for (const metrics of perLabel) {
    if (metrics === null) continue;
    count++;
    rocAuc += metrics.rocAuc;
    prAuc += metrics.averagePrecision;
  }
  return count === 0 ? null : { rocAuc: rocAuc / count, prAuc: prAuc / count };
}
