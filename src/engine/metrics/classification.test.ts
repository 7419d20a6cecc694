import { describe, expect, it } from 'vitest';
import {
  classificationMetrics,
  classReports,
  confusionMatrix,
  expectedCalibrationError,
  rowCrossEntropy,
  softmaxRows,
} from './classification.ts';
import golden from './__golden__/classification.json';

interface GoldenMulticlass {
  probability: number[][];
  label: number[];
  accuracy: number;
  macroF1: number;
  microF1: number;
  balancedAccuracy: number;
  nll: number;
  rocAucOvrMacro: number;
  prAucOvrMacro: number;
  confusion: number[][];
  perClassPrecision: number[];
  perClassRecall: number[];
}

describe('worked numbers', () => {
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
  });

  it('ranks several classes one against the rest, over the classes that occur', () => {
    const metrics = classificationMetrics(probabilities, truth, rows, classes);
    // a: its one row scores .9, the others .6, .2, .1; b: .9, .8 and .4 of b against .1 of a.
    expect(metrics).toMatchObject({ rocAuc: 1, prAuc: 1 });
    expect(metrics.recallAtK).toBeUndefined();
    const onlyB = classificationMetrics(probabilities, truth, Int32Array.of(1, 2, 3), classes);
    expect([onlyB.rocAuc, onlyB.prAuc]).toEqual([undefined, undefined]);
  });

  it('ranks two classes by the probability of the second', () => {
    const two = Float32Array.of(0.9, 0.1, 0.3, 0.7, 0.6, 0.4, 0.2, 0.8);
    const metrics = classificationMetrics(two, Int32Array.of(0, 1, 1, 0), rows, ['no', 'yes']);
    expect(metrics).toMatchObject({ rocAuc: 0.5, recallAtK: 0.5 });
    expect(metrics.prAuc).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
    const oneClass = classificationMetrics(two, Int32Array.of(0, 0, 0, 0), rows, ['no', 'yes']);
    expect([oneClass.rocAuc, oneClass.prAuc, oneClass.recallAtK]).toEqual([undefined, undefined, undefined]);
  });

  it('says nothing about no rows', () => {
    expect(classificationMetrics(probabilities, truth, new Int32Array(0), classes)).toEqual({});
  });
});

describe('against scikit-learn', () => {
  const multiclass = golden.cases[1] as unknown as GoldenMulticlass;

  it('accuracy, F1, recall, likelihood and confusion of four classes', () => {
    const probabilities = Float32Array.from(multiclass.probability.flat());
    const truth = Int32Array.from(multiclass.label);
    const rows = Int32Array.from(truth.keys());
    const classes = ['0', '1', '2', '3'];
    const metrics = classificationMetrics(probabilities, truth, rows, classes);
    for (const key of ['accuracy', 'macroF1', 'microF1', 'balancedAccuracy', 'nll'] as const) {
      expect(metrics[key], key).toBeCloseTo(multiclass[key], 6);
    }
    expect(metrics.rocAuc).toBeCloseTo(multiclass.rocAucOvrMacro, 12);
    expect(metrics.prAuc).toBeCloseTo(multiclass.prAucOvrMacro, 12);
    const confusion = confusionMatrix(probabilities, truth, rows, 4);
    expect([...confusion]).toEqual(multiclass.confusion.flat());
    const reports = classReports(confusion, classes);
    reports.forEach((report, code) => {
      expect(report.precision).toBeCloseTo(multiclass.perClassPrecision[code] ?? Number.NaN, 9);
      expect(report.recall).toBeCloseTo(multiclass.perClassRecall[code] ?? Number.NaN, 9);
    });
  });
});
