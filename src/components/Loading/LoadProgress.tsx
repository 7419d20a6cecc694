/** A progress bar with bytes and rows; without a known size it says only what was read so far. */
import { Progress } from '@mantine/core';
import type { ImportProgress } from '../../io/importTypes.ts';
import { formatBytes, formatQuantity } from '../format/formatNumber.ts';
import classes from './Loading.module.css';

export function LoadProgress({ progress }: { readonly progress: ImportProgress | null }) {
  const isSized = progress !== null && progress.totalBytes > 0;
  const percent = isSized ? Math.min(100, (100 * progress.bytes) / progress.totalBytes) : 100;
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section value={percent} animated={!isSized} striped={!isSized} aria-label="Progress" />
      </Progress.Root>
      <p className={classes.numbers}>{progress === null ? 'Starting' : progressText(progress)}</p>
    </div>
  );
}

/** 'Reading edges · 4.2 MB of 21 MB · 210,000 rows'. */
export function progressText(progress: ImportProgress): string {
  const size =
    progress.totalBytes > 0
      ? `${formatBytes(progress.bytes)} of ${formatBytes(progress.totalBytes)}`
      : formatBytes(progress.bytes);
  const parts = [progress.stage, size];
  if (progress.rows > 0) parts.push(formatQuantity(progress.rows, 'row'));
  return parts.filter((part) => part !== '').join(' · ');
}
