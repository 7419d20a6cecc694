/** How much one classification tells about another. */

export interface SharedInformation {
  /** Rows in which both are known, and different values of each among them. */
  readonly numRows: number;
  readonly numFirst: number;
  readonly numSecond: number;
  /** I(X; Y) / H(X) and I(X; Y) / H(Y) in [0, 1]: 1 = follows from the other; 0 where the entropy is 0. */
  readonly firstKnownRatio: number;
  readonly secondKnownRatio: number;
  /** 2 I / (H(X) + H(Y)) in [0, 1]; 1 = one-to-one. */
  readonly normalised: number;
}

/**
 * Returns the mutual information I(X; Y) = Σ p(x, y) ln [ p(x, y) / (p(x) p(y)) ] of two columns of codes, normalised.
 *
 * Source: Strehl & Ghosh 2002, "Cluster Ensembles", https://www.jmlr.org/papers/v3/strehl02a.html, with the arithmetic
 * mean (scikit-learn's default); the one-sided ratios are Theil's uncertainty coefficients.
 * @param first  [n] codes, -1 = unknown
 * @param second [n] codes, -1 = unknown
 * O(n).
 */
export function sharedInformation(first: Int32Array, second: Int32Array): SharedInformation {
  const countFirst = new Map<number, number>();
  const countSecond = new Map<number, number>();
  const countPair = new Map<number, number>();
  const bump = (counts: Map<number, number>, key: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const width = second.reduce((largest, code) => Math.max(largest, code + 1), 1);
  let numRows = 0;
  for (let row = 0; row < first.length; row++) {
    const x = first[row] as number;
    const y = second[row] as number;
    if (x < 0 || y < 0) continue;
    numRows++;
    bump(countFirst, x);
    bump(countSecond, y);
    bump(countPair, x * width + y);
  }
  const entropyFirst = entropy(countFirst, numRows);
  const entropySecond = entropy(countSecond, numRows);
  // Rounding may put a hair's breadth below 0.
  const information = Math.max(0, entropyFirst + entropySecond - entropy(countPair, numRows));
  const ratio = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);
  return {
    numRows,
    numFirst: countFirst.size,
    numSecond: countSecond.size,
    firstKnownRatio: ratio(information, entropyFirst),
    secondKnownRatio: ratio(information, entropySecond),
    normalised: ratio(2 * information, entropyFirst + entropySecond),
  };
}

function entropy(counts: ReadonlyMap<number, number>, total: number): number {
  let sum = 0;
  for (const count of counts.values()) sum -= (count / total) * Math.log(count / total);
  return sum;
}
