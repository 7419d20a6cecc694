/** Metrics of predicted numbers, in float64. Definitions match scikit-learn's, checked against its values. */
import type { Metrics } from '../runTypes.ts';

/**
 * Returns rmse = √(Σ(ŷ−y)²/n), mae = Σ|ŷ−y|/n and r2 = 1 − Σ(ŷ−y)²/Σ(y−ȳ)² of the rows, in the unit of the target.
 * r2 is absent where the target does not vary; everything is absent without rows.
 * @param predicted [n] @param truth [n], finite on the rows
 */
export function regressionMetrics(
  predicted: Float32Array | Float64Array,
  truth: Float32Array | Float64Array,
  rows: Int32Array,
): Metrics {
  if (rows.length === 0) return {};
  let [squares, absolutes, sum] = [0, 0, 0];
  for (const row of rows) {
    const difference = (predicted[row] as number) - (truth[row] as number);
    squares += difference * difference;
    absolutes += Math.abs(difference);
    sum += truth[row] as number;
  }
  const mean = sum / rows.length;
  let spread = 0;
  for (const row of rows) spread += ((truth[row] as number) - mean) ** 2;
  // The mean of equal numbers may be off by a rounding; what is left then is no spread.
  const varies = rows.some((row) => truth[row] !== truth[rows[0] as number]);
  return {
    rmse: Math.sqrt(squares / rows.length),
    mae: absolutes / rows.length,
    ...(varies && spread > 0 ? { r2: 1 - squares / spread } : {}),
  };
}
