import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  classificationMetrics,
  classReports,
  confusionMatrix,
  expectedCalibrationError,
  rocAuc,
  rowCrossEntropy,
  softmaxRows,
} from './classification.ts';
import golden from './__golden__/classification.json';

interface GoldenBinary {
  label: number[];
  score: number[];
  rocAuc: number;
  averagePrecision: number;
}
interface GoldenMulticlass {
  probability: number[][];
  label: number[];
  accuracy: number;
  macroF1: number;
  microF1: number;
  balancedAccuracy: number;
  nll: number;
  confusion: number[][];
  perClassPrecision: number[];
  perClassRecall: number[];
}

describe('worked numbers', () => {
  it('ROC-AUC counts ties half, average precision groups them', () => {
    const labels = Uint8Array.of(1, 0, 1, 0, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.8, 0.4, 0.1);
    expect(rocAuc(labels, scores)).toBeCloseTo(0.916667, 6);
    expect(averagePrecision(labels, scores)).toBeCloseTo(0.833333, 6);
  });

  it('calibration error of six logit pairs at temperature 2', () => {
    const logits = [
      [4, 0],
      [2, 0],
      [1, 0],
      [0, 3],
      [0, 0.4],
      [6, 0],
    ].flat();
    const probabilities = softmaxRows(
      Float32Array.from(logits, (value) => value / 2),
      2,
    );
    const truth = Int32Array.of(0, 1, 0, 1, 0, 0);
    expect(expectedCalibrationError(probabilities, truth, Int32Array.of(0, 1, 2, 3, 4, 5), 2, 5)).toBeCloseTo(
      0.2087,
      4,
    );
  });

  it('softmax and cross-entropy survive logits that overflow exp', () => {
    const logits = Float32Array.of(1000, 0, -1000);
    expect([...softmaxRows(logits, 3)]).toEqual([1, 0, 0]);
    expect(rowCrossEntropy(logits, 0, 3, 2)).toBe(2000);
  });
});

describe('reports', () => {
  const probabilities = Float32Array.of(0.9, 0.1, 0, 0.2, 0.8, 0, 0.6, 0.4, 0, 0.1, 0.9, 0);
  const truth = Int32Array.of(0, 1, 1, 1);
  const rows = Int32Array.of(0, 1, 2, 3);
  const classes = ['a', 'b', 'c'];

  it('reads rows as truth and columns as prediction', () => {
    expect([...confusionMatrix(probabilities, truth, rows, 3)]).toEqual([1, 0, 0, 1, 2, 0, 0, 0, 0]);
  });

  it('gives 0, not NaN, for a class that never occurs, and leaves it out of averages', () => {
    const reports = classReports(confusionMatrix(probabilities, truth, rows, 3), classes);
    expect(reports[2]).toEqual({ name: 'c', support: 0, precision: 0, recall: 0, f1: 0 });
    const metrics = classificationMetrics(probabilities, truth, rows, classes);
    expect(metrics).toMatchObject({ accuracy: 0.75, microF1: 0.75 });
    expect(metrics.macroF1).toBeCloseTo((2 / 3 + 0.8) / 2, 9);
    expect(metrics.balancedAccuracy).toBeCloseTo((1 + 2 / 3) / 2, 9);
    expect(metrics.rocAuc).toBeUndefined();
  });

  it('says nothing about no rows', () => {
    expect(classificationMetrics(probabilities, truth, new Int32Array(0), classes)).toEqual({});
  });
});

describe('against scikit-learn 1.2.1', () => {
  const [binary, multiclass] = golden.cases as unknown as [GoldenBinary, GoldenMulticlass];

  it('ROC-AUC and average precision with tied scores', () => {
    const labels = Uint8Array.from(binary.label);
    const scores = Float64Array.from(binary.score);
    expect(rocAuc(labels, scores)).toBeCloseTo(binary.rocAuc, 12);
    expect(averagePrecision(labels, scores)).toBeCloseTo(binary.averagePrecision, 12);
  });

  it('accuracy, F1, recall, likelihood and confusion of four classes', () => {
    const probabilities = Float32Array.from(multiclass.probability.flat());
    const truth = Int32Array.from(multiclass.label);
    const rows = Int32Array.from(truth.keys());
    const classes = ['0', '1', '2', '3'];
    const metrics = classificationMetrics(probabilities, truth, rows, classes);
    for (const key of ['accuracy', 'macroF1', 'microF1', 'balancedAccuracy', 'nll'] as const) {
      expect(metrics[key], key).toBeCloseTo(multiclass[key], 6);
    }
    const confusion = confusionMatrix(probabilities, truth, rows, 4);
    expect([...confusion]).toEqual(multiclass.confusion.flat());
    const reports = classReports(confusion, classes);
    reports.forEach((report, code) => {
      expect(report.precision).toBeCloseTo(multiclass.perClassPrecision[code] ?? Number.NaN, 9);
      expect(report.recall).toBeCloseTo(multiclass.perClassRecall[code] ?? Number.NaN, 9);
    });
  });
});
