/** Centre and spread of a list of finite numbers, in float64, without overflow at the ends of the number range. */

export interface CentreAndSpread {
  readonly centre: number;
  /** Never 0: 1 for constant or no values. */
  readonly spread: number;
}

/** Above this, squares of values could overflow; they are then measured in units of the largest. */
const LARGE = 1e150;
const CONSTANT = 1e-12;

/** Returns the mean and population standard deviation by two passes; (0, 1) of no values. O(n). */
export function meanAndDeviation(values: readonly number[]): CentreAndSpread {
  if (values.length === 0) return { centre: 0, spread: 1 };
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const unit = largest > LARGE ? largest : 1;
  let sum = 0;
  for (const value of values) sum += value / unit;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value / unit - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  return { centre: mean * unit, spread: deviation > CONSTANT ? deviation * unit : 1 };
}

/** Returns the median and the interquartile range (linear interpolation between order statistics). O(n log n). */
export function medianAndQuartiles(values: readonly number[]): CentreAndSpread {
  if (values.length === 0) return { centre: 0, spread: 1 };
  const sorted = Float64Array.from(values).sort();
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return {
    centre: quantile(sorted, 0.5),
    spread: range > CONSTANT ? Math.min(range, Number.MAX_VALUE) : 1,
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  const part = position - below;
  // + 0 turns −0 into 0, which JSON cannot tell apart.
  return low * (1 - part) + high * part + 0;
}
