/** Plain-loop oracle of both normalisations and their gradients in double precision. Formulas: op.ts. */

export interface Normalised {
  /** [N · F] */
  readonly output: Float64Array;
  /** One per group: column or row. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** [N · F] */
  readonly xGradient: Float64Array;
  /** [F] */
  readonly scaleGradient: Float64Array;
  /** [F] */
  readonly offsetGradient: Float64Array;
}

export interface NormalisationCase {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array;
  readonly gradient: Float32Array;
  readonly scale: Float32Array;
  readonly offset: Float32Array;
}

/** @param over whether a group, which has one mean and one variance, is a column (all rows) or a row (all columns) */
export function normaliseReference(
  { rows, columns, x, gradient, scale, offset }: NormalisationCase,
  over: 'rows' | 'columns',
  epsilon: number,
): Normalised {
  const groups = over === 'rows' ? columns : rows;
  const size = over === 'rows' ? rows : columns;
  const groupOf = (at: number): number => (over === 'rows' ? at % columns : Math.floor(at / columns));
  const groupMeans = (term: (at: number) => number): Float64Array => {
    const sums = new Float64Array(groups);
    for (let at = 0; at < x.length; at++) sums[groupOf(at)]! += term(at) / size;
    return sums;
  };
  const of = (list: ArrayLike<number>, at: number): number => list[at] as number;
  const mean = groupMeans((at) => of(x, at));
  const variance = groupMeans((at) => (of(x, at) - of(mean, groupOf(at))) ** 2);
  const deviation = (at: number): number => Math.sqrt(of(variance, groupOf(at)) + epsilon);
  const unit = Float64Array.from(x, (value, at) => (value - of(mean, groupOf(at))) / deviation(at));
  const scaled = Float64Array.from(gradient, (value, at) => value * of(scale, at % columns));
  const plain = groupMeans((at) => of(scaled, at));
  const along = groupMeans((at) => of(scaled, at) * of(unit, at));
  const scaleGradient = new Float64Array(columns);
  const offsetGradient = new Float64Array(columns);
  gradient.forEach((value, at) => {
    scaleGradient[at % columns]! += value * of(unit, at);
    offsetGradient[at % columns]! += value;
  });
  return {
    output: unit.map((value, at) => value * of(scale, at % columns) + of(offset, at % columns)),
    mean,
    variance,
    xGradient: scaled.map(
      (value, at) => (value - of(plain, groupOf(at)) - of(unit, at) * of(along, groupOf(at))) / deviation(at),
    ),
    scaleGradient,
    offsetGradient,
  };
}
