/** Plain-loop oracle of row-wise Adagrad in double precision; nothing is changed. */

export interface RowAdagradState {
  /** [T, F] as T rows. */
  readonly table: readonly (readonly number[])[];
  readonly accumulator: readonly number[];
}

export function rowAdagradReference(
  { table, accumulator }: RowAdagradState,
  rows: ArrayLike<number>,
  gradient: readonly (readonly number[])[],
  learningRate: number,
  epsilon: number,
): RowAdagradState {
  const [next, sums] = [table.map((row) => [...row]), [...accumulator]];
  gradient.forEach((g, i) => {
    const row = rows[i] as number;
    const sum = (sums[row] as number) + g.reduce((total, value) => total + value * value, 0) / g.length;
    sums[row] = sum;
    next[row] = (next[row] as number[]).map(
      (value, k) => value - (learningRate * (g[k] as number)) / (Math.sqrt(sum) + epsilon),
    );
  });
  return { table: next, accumulator: sums };
}
