import { describe, expect, it } from 'vitest';
import { regressionMetrics } from './regression.ts';
import golden from './__golden__/regression.json';

const all = (length: number): Int32Array => Int32Array.from({ length }, (_, row) => row);

describe('regressionMetrics', () => {
  it('equals scikit-learn 1.2.1', () => {
    const metrics = regressionMetrics(
      Float64Array.from(golden.prediction),
      Float64Array.from(golden.target),
      all(golden.target.length),
    );
    expect(Object.keys(metrics).sort()).toEqual(['mae', 'r2', 'rmse']);
    expect(metrics.rmse).toBeCloseTo(golden.rmse, 12);
    expect(metrics.mae).toBeCloseTo(golden.mae, 12);
    expect(metrics.r2).toBeCloseTo(golden.r2, 12);
  });

  it('reads only the rows it is given', () => {
    const predicted = Float32Array.of(1, Number.NaN, 5);
    const truth = Float32Array.of(2, Number.NaN, 4);
    const metrics = regressionMetrics(predicted, truth, Int32Array.of(0, 2));
    expect(metrics).toEqual({ rmse: 1, mae: 1, r2: 0 });
  });

  it('gives no r2 for a target that does not vary, whatever its mean rounds to', () => {
    const metrics = regressionMetrics(Float64Array.of(0, 0, 0), Float64Array.of(0.1, 0.1, 0.1), all(3));
    expect(Object.keys(metrics)).toEqual(['rmse', 'mae']);
    expect(metrics.rmse).toBeCloseTo(0.1, 12);
  });

  it('says nothing about no rows', () => {
    expect(regressionMetrics(new Float32Array(2), new Float32Array(2), new Int32Array(0))).toEqual({});
  });

  it('is 0, 0 and 1 for a perfect prediction', () => {
    const truth = Float32Array.of(3, 1, 2);
    expect(regressionMetrics(truth, truth, all(3))).toEqual({ rmse: 0, mae: 0, r2: 1 });
  });
});
