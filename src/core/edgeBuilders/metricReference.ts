/** Slow, obvious distances between rows written out in full, for the tests of the builders. */
import { EARTH_RADIUS_KM, type MetricId } from './metrics.ts';

type Row = readonly number[];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const members = (row: Row): Set<number> => new Set(row.flatMap((value, at) => (value === 0 ? [] : [at])));
const shared = (a: Row, b: Row): number => [...members(a)].filter((member) => members(b).has(member)).length;

export function referenceDistance(metric: MetricId, a: Row, b: Row): number {
  switch (metric) {
    case 'euclidean':
      return Math.sqrt(sum(a.map((value, at) => (value - (b[at] as number)) ** 2)));
    case 'manhattan':
      return sum(a.map((value, at) => Math.abs(value - (b[at] as number))));
    case 'cosine':
      return 1 - sum(a.map((value, at) => value * (b[at] as number))) / Math.sqrt(square(a) * square(b));
    case 'jaccard': {
      const all = new Set([...members(a), ...members(b)]).size;
      return 1 - shared(a, b) / all;
    }
    case 'hamming':
      return members(a).size + members(b).size - 2 * shared(a, b);
    case 'haversine': {
      const [phi1, lambda1, phi2, lambda2] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180) as [
        number,
        number,
        number,
        number,
      ];
      const haversine =
        Math.sin((phi2 - phi1) / 2) ** 2 +
        Math.cos(phi1) * Math.cos(phi2) * Math.sin((lambda2 - lambda1) / 2) ** 2;
      return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, haversine)));
    }
    default:
      return metric satisfies never;
  }
}

function square(row: Row): number {
  return sum(row.map((value) => value * value));
}

/** True where a builder leaves the pair out: it shares nothing, and the metric says no more than that. */
export function areStrangers(metric: MetricId, a: Row, b: Row): boolean {
  return (metric === 'cosine' || metric === 'jaccard') && shared(a, b) === 0;
}

/** True where the row has no distance by the metric. */
export function isUnusable(metric: MetricId, row: Row): boolean {
  return (metric === 'cosine' || metric === 'jaccard') && members(row).size === 0;
}
