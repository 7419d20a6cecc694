import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompactCount,
  formatCount,
  formatDuration,
  formatMetric,
  formatPercent,
  formatQuantity,
  formatValue,
} from './formatNumber.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [2708, '2,708'],
    [5_278_000, '5,278,000'],
    [Number.NaN, '–'],
  ])('formatCount(%s) is %s', (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [940, '940'],
    [9999, '9,999'],
    [12_400, '12.4 k'],
    [999_949, '999.9 k'],
    [999_950, '1 M'],
    [2_300_000, '2.3 M'],
    [4_000_000_000, '4 G'],
  ])('formatCompactCount(%s) is %s', (count, text) => expect(formatCompactCount(count)).toBe(text));

  it.each([
    [0.816, '81.6 %'],
    [1, '100.0 %'],
    [Number.NaN, '–'],
  ])('formatPercent(%s) is %s', (ratio, text) => expect(formatPercent(ratio)).toBe(text));

  it.each([
    [0.114, '0.11 ms'],
    [1.44, '1.4 ms'],
    [9.96, '10 ms'],
    [143.2, '143 ms'],
    [999.6, '1.0 s'],
    [3200, '3.2 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [7_380_000, '2 h 3 min'],
  ])('formatDuration(%s) is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [999, '999 B'],
    [1000, '1 kB'],
    [1_234_567, '1.2 MB'],
    [999_960, '1 MB'],
    [21_000_000_000, '21 GB'],
  ])('formatBytes(%s) is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, '0'],
    [0.0123456, '0.01235'],
    [3.14159, '3.142'],
    [123_456, '123,456'],
    [0.00000123, '1.23e-6'],
    [-2, '-2'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('formatValue(%s) is %s', (value, text) => expect(formatValue(value)).toBe(text));

  it('formatMetric shows ratios as percent and a missing value as a dash', () => {
    expect([formatMetric(0.8155, true), formatMetric(0.6341, false), formatMetric(undefined, true)]).toEqual([
      '81.5 %',
      '0.634',
      '–',
    ]);
  });

  it('formatMetric shows as many digits as the size of the metric asks for', () => {
    expect([
      formatMetric(41_843.2, false),
      formatMetric(12.3456, false),
      formatMetric(4, false),
      formatMetric(0.001236, false),
      formatMetric(-0.0000001, false, 0.7),
      formatMetric(1, false),
    ]).toEqual(['41,843', '12.35', '4', '0.001236', '0.000', '1.000']);
  });

  it('formatQuantity chooses the plural', () => {
    expect([
      formatQuantity(1, 'node'),
      formatQuantity(2708, 'node'),
      formatQuantity(0, 'class', 'classes'),
    ]).toEqual(['1 node', '2,708 nodes', '0 classes']);
  });
});
