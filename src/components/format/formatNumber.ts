/**
 * Numbers as a person reads them: with a unit and sensible digits, the same everywhere. A missing or undefined value is
 * an en dash, never 0. Words around the numbers are the caller's.
 */

export const MISSING = '–';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 2708 → '2,708'. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? grouped.format(count) : MISSING;
}

/** Short form for tight places: 940 → '940', 12400 → '12.4 k', 2300000 → '2.3 M'. */
export function formatCompactCount(count: number): string {
  if (!Number.isFinite(count)) return MISSING;
  const size = Math.abs(count);
  if (size < 10_000) return grouped.format(count);
  // 999,950 and more would print as '1000 k'.
  if (size < 999_950) return `${trimmed(count / 1e3)} k`;
  if (size < 999_950_000) return `${trimmed(count / 1e6)} M`;
  return `${trimmed(count / 1e9)} G`;
}

/** Ratio in [0, 1] → '81.6 %'. */
export function formatPercent(ratio: number): string {
  return Number.isFinite(ratio) ? `${(ratio * 100).toFixed(1)} %` : MISSING;
}

/** 0.11 → '0.11 ms', 1.4 → '1.4 ms', 143 → '143 ms', 3200 → '3.2 s', 125000 → '2 min 5 s'. */
export function formatDuration(elapsedMs: number): string {
  if (!Number.isFinite(elapsedMs)) return MISSING;
  if (elapsedMs < 1) return `${elapsedMs.toFixed(2)} ms`;
  if (elapsedMs < 9.95) return `${elapsedMs.toFixed(1)} ms`;
  if (elapsedMs < 999.5) return `${elapsedMs.toFixed(0)} ms`;
  if (elapsedMs < 59_950) return `${(elapsedMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Decimal units, as file managers show them: 1234567 → '1.2 MB'. */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return MISSING;
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  if (sizeBytes < 999_950) return `${trimmed(sizeBytes / 1e3)} kB`;
  if (sizeBytes < 999_950_000) return `${trimmed(sizeBytes / 1e6)} MB`;
  return `${trimmed(sizeBytes / 1e9)} GB`;
}

/** A measurement of unknown scale, four significant digits: 0.0123456 → '0.01235', 123456 → '123,456'. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  if (size >= 10_000 && size < 1e15) return grouped.format(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/**
 * A metric by its catalogue entry: ratios as percent; others with three decimals, or four digits where that says more.
 * @param size  largest value beside it, which decides for all
 */
export function formatMetric(
  value: number | undefined,
  isRatio: boolean,
  size = Math.abs(value ?? 0),
): string {
  if (value === undefined || !Number.isFinite(value)) return MISSING;
  if (isRatio) return formatPercent(value);
  const isCount = Number.isInteger(value) && Math.abs(value) > 1;
  if (isCount || size >= 10 || (size < 0.01 && size > 0)) return formatValue(value);
  // Never -0.000.
  return (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3);
}

/** '1 node', '2,708 nodes'; the plural is the singular with an s unless given. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
