import { describe, expect, it } from 'vitest';
import { defaultValues } from '../../core/parameters.ts';
import { DEFAULT_FEATURE_OPTIONS } from './featureOptions.ts';
import { FEATURE_PARAMETERS, featureOptionsFrom } from './featureParameters.ts';

describe('featureOptionsFrom', () => {
  it('gives the default encoding for default and for no values', () => {
    expect(featureOptionsFrom(defaultValues(FEATURE_PARAMETERS))).toEqual(DEFAULT_FEATURE_OPTIONS);
    expect(featureOptionsFrom({ epochs: 10 })).toEqual(DEFAULT_FEATURE_OPTIONS);
  });

  it('passes every value on', () => {
    const values = {
      scaling: 'robust',
      textBuckets: 512,
      categories: 'embedded',
      bagScaling: 'l2',
      degreeFeature: true,
      randomWalkSteps: 16,
      laplacianVectors: 8,
      cyclicDates: true,
    };
    expect(Object.keys(values).sort()).toEqual(FEATURE_PARAMETERS.map(({ id }) => id as string).sort());
    expect(featureOptionsFrom(values, 7)).toEqual({
      ...DEFAULT_FEATURE_OPTIONS,
      scaling: 'robust',
      textBuckets: 512,
      categories: 'embedded',
      bagScaling: 'l2',
      cyclicDates: true,
      structural: { degree: true, randomWalkSteps: 16, laplacianVectors: 8 },
      seed: 7,
    });
  });

  it('refuses values outside their limits', () => {
    expect(() => featureOptionsFrom({ textBuckets: -1 })).toThrow(
      'Text buckets is -1; allowed is a whole number from 0 to 262144.',
    );
  });
});
