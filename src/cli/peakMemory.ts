/** The most memory this process held at once. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * Returns the peak of the resident set. On Linux from the process's own status: `maxRSS` there counts the pages of the
 * parent too, as they were before this program was loaded.
 */
export function peakRssBytes(): number {
  const status = '/proc/self/status';
  const [, kibibytes] = existsSync(status)
    ? (/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? [])
    : [];
  return 1024 * (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes));
}
