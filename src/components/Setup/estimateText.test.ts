import { describe, expect, it } from 'vitest';
import { estimateText } from './estimateText.ts';

describe('estimateText', () => {
  it.each([
    [{ kind: 'full', reason: '' }, 312_345_678, 'About 310 MB · whole graph at once'],
    [
      { kind: 'neighbours', reason: '' },
      12.4e9,
      'In sampled neighbours · the whole graph would need about 12 GB',
    ],
  ])('%o', (batching, memoryEstimateBytes, text) =>
    expect(estimateText({ memoryEstimateBytes, batching })).toBe(text),
  );
});
