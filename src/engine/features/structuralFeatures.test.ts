import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import { applyFeatures } from './applyFeatures.ts';
import { DEFAULT_FEATURE_OPTIONS, type FeatureOptions } from './featureOptions.ts';
import { fitAndApplyFeatures, fitFeatures } from './fitFeatures.ts';
import { numbers } from './testColumns.ts';

/** A path of three nodes: 0 – 1 – 2. */
const path = {
  numNodes: 3,
  rowPtr: Int32Array.of(0, 1, 3, 4),
  colIndex: Int32Array.of(1, 0, 2, 1),
  weight: null,
  isSymmetric: true,
};
const single = {
  numNodes: 1,
  rowPtr: Int32Array.of(0, 0),
  colIndex: new Int32Array(0),
  weight: null,
  isSymmetric: true,
};
const options = (structural: Partial<FeatureOptions['structural']>): FeatureOptions => ({
  ...DEFAULT_FEATURE_OPTIONS,
  structural: { ...DEFAULT_FEATURE_OPTIONS.structural, ...structural },
});
const train = bitsetOf(3, [0, 1]);

describe('structural features', () => {
  it('standardises log(1 + degree) on training nodes and stands beside columns', () => {
    const table = { type: 'node', columns: [numbers('x', [0, 2, 4])], offset: 0, count: 3 };
    const { fitted, features } = fitAndApplyFeatures([table], 3, train, options({ degree: true }), {
      messageGraph: path,
    });
    // Degrees 1, 2, 1: training values log 2 and log 3 lie one deviation from their mean.
    const expected = [-1, -1, 1, 1, 3, -1];
    features.dense?.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] as number, 5);
    });
    expect(features.names).toEqual(['x', 'degree']);
    expect(applyFeatures(JSON.parse(JSON.stringify(fitted)), [table], 3, { messageGraph: path })).toEqual(
      features,
    );
    const elsewhere = applyFeatures(fitted, [{ ...table, columns: [numbers('x', [1])], count: 1 }], 1, {
      messageGraph: single,
    });
    // Degree 0: (0 − mean) / sd with the statistics of training.
    const [low, high] = [Math.log(2), Math.log(3)];
    expect(elsewhere.dense?.[0]).toBe(0);
    expect(elsewhere.dense?.[1]).toBeCloseTo(-(low + high) / (high - low), 4);
  });

  it('adds return chances and eigenvectors, and needs no identity columns then', () => {
    const { fitted, features } = fitAndApplyFeatures(
      [],
      3,
      bitsetOf(3, []),
      options({ randomWalkSteps: 2, laplacianVectors: 1 }),
      { messageGraph: path },
    );
    // Return after 1 step: never (constant, so 0); after 2: ends 1/2, middle 1: mean 2/3, sd √(1/18).
    // Eigenvector (1, 0, −1)/√2 times √3: mean 0, sd 1.
    const expected = [
      [0, -Math.SQRT1_2, Math.sqrt(1.5)],
      [0, Math.SQRT2, 0],
      [0, -Math.SQRT1_2, -Math.sqrt(1.5)],
    ].flat();
    expect(features.dense).toHaveLength(9);
    features.dense?.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] as number, 5);
    });
    expect(features).toMatchObject({
      sparse: null,
      width: 3,
      usesIdentity: false,
      names: ['random-walk encoding (2 numbers)', 'Laplacian eigenvectors (1 numbers)'],
    });
    expect(applyFeatures(fitted, [], 3, { messageGraph: path })).toEqual(features);
  });

  it('says when no message graph was given', () => {
    expect(() => fitFeatures([], 3, train, options({ degree: true }))).toThrow(
      'structural features need a message graph',
    );
  });
});
