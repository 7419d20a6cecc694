/** How evenly the labels are spread: whether accuracy can be trusted as a measure. */

export interface ClassBalance {
  readonly classes: readonly string[];
  /** Labelled nodes of each class. */
  readonly counts: readonly number[];
  readonly numLabelled: number;
  readonly numUnlabelled: number;
  /** Share of the labelled nodes in the largest class: the accuracy of always saying it. 0 without labels. */
  readonly majorityRatio: number;
  /** Entropy of the classes over that of equally large ones, in [0, 1]; 1 = even. Null with fewer than two classes. */
  readonly evenness: number | null;
}

/**
 * Returns the balance of the classes that occur.
 * Source of evenness: Pielou 1966, "The measurement of diversity", doi:10.1016/0022-5193(66)90013-0.
 * @param codes   [n] class of each node, -1 = unlabelled
 * O(n).
 */
export function classBalance(codes: Int32Array, classes: readonly string[]): ClassBalance {
  const all = new Int32Array(classes.length);
  let numLabelled = 0;
  for (const code of codes) {
    if (code < 0) continue;
    all[code] = (all[code] as number) + 1;
    numLabelled++;
  }
  const used = classes.map((_, code) => code).filter((code) => (all[code] as number) > 0);
  const counts = used.map((code) => all[code] as number);
  let entropy = 0;
  for (const count of counts) entropy -= (count / numLabelled) * Math.log(count / numLabelled);
  return {
    classes: used.map((code) => classes[code] as string),
    counts,
    numLabelled,
    numUnlabelled: codes.length - numLabelled,
    majorityRatio: numLabelled === 0 ? 0 : counts.reduce((a, b) => Math.max(a, b), 0) / numLabelled,
    evenness: counts.length < 2 ? null : entropy / Math.log(counts.length),
  };
}
