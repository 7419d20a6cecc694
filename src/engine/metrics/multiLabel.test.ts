import { describe, expect, it } from 'vitest';
import { multiLabelMetrics, multiLabelReports } from './multiLabel.ts';
import golden from './__golden__/multiLabel.json';

const probabilities = Float32Array.from(golden.probability.flat());
const rows = Int32Array.from(golden.probability.keys());
const names = ['a', 'b', 'c', 'd'];

describe('multiLabelMetrics', () => {
  it.each([
    ['all known', golden.truth, golden.full],
    ['some missing', golden.truthWithMissing, golden.missing],
  ])('equals scikit-learn 1.9.1 on 30 nodes with four labels, %s', (_, truth, expected) => {
    const metrics = multiLabelMetrics(probabilities, Int8Array.from(truth.flat()), rows, names);
    expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) expect(metrics[key], key).toBeCloseTo(value, 6);
  });

  it('reports each label', () => {
    const reports = multiLabelReports(probabilities, Int8Array.from(golden.truth.flat()), rows, names);
    reports.forEach((report, label) => {
      const expected = golden.perLabel[label];
      expect(report.name).toBe(names[label]);
      expect(report.support).toBe(expected?.support);
      expect(report.precision).toBeCloseTo(expected?.precision ?? Number.NaN, 12);
      expect(report.recall).toBeCloseTo(expected?.recall ?? Number.NaN, 12);
      expect(report.f1).toBeCloseTo(expected?.f1 ?? Number.NaN, 12);
    });
  });

  it('leaves out of averages what is not defined for a label, and out of the answer what is for none', () => {
    const two = Float32Array.of(0.9, 0.1, 0.2, 0.3);
    const both = Int32Array.of(0, 1);
    const second = multiLabelMetrics(two, Uint8Array.of(1, 0, 0, 0), both, ['a', 'b']);
    expect(second).toMatchObject({ accuracy: 1, macroF1: 1, microF1: 1, rocAuc: 1, prAuc: 1 });
    const quiet = multiLabelMetrics(Float32Array.of(0.1, 0.5), Uint8Array.of(0, 0), both, ['a']);
    expect(Object.keys(quiet)).toEqual(['accuracy', 'nll']);
    expect(quiet.accuracy).toBe(1);
  });

  it('bounds the penalty of a certain mistake', () => {
    const metrics = multiLabelMetrics(Float32Array.of(1, 0), Uint8Array.of(0, 1), Int32Array.of(0), [
      'a',
      'b',
    ]);
    expect(metrics.nll).toBeCloseTo(-Math.log(1e-12), 9);
  });

  it('says nothing where no truth is known', () => {
    const unknown = Int8Array.of(-1, -1);
    expect(multiLabelMetrics(Float32Array.of(0.2, 0.8), unknown, Int32Array.of(0), ['a', 'b'])).toEqual({});
    expect(multiLabelMetrics(new Float32Array(2), unknown, new Int32Array(0), ['a', 'b'])).toEqual({});
  });
});
