/** What the next run would need, or why it would be refused and what to change. Announced politely when it changes. */
import { IconAlertTriangle, IconCpu2 } from '@tabler/icons-react';
import { useStore } from '../useStore.ts';
import classes from './Setup.module.css';
import { estimateText } from './estimateText.ts';

export function EstimateLine() {
  const { estimate, error, isPending } = useStore((state) => state.estimate);
  const Icon = error === null ? IconCpu2 : IconAlertTriangle;
  const isEmpty = estimate === null && error === null;
  return (
    <div
      className={classes.estimate}
      aria-live="polite"
      aria-label="Next run"
      role="group"
      data-refused={error !== null || undefined}
      data-pending={isPending || undefined}
    >
      {!isEmpty && <Icon size={14} aria-hidden className={classes.estimateIcon} />}
      <p>
        {estimate !== null && <span title={estimate.batching.reason}>{estimateText(estimate)}</span>}
        {error !== null && (
          <>
            {error.message} <strong>{error.remedy}</strong>
          </>
        )}
        {isEmpty && (isPending ? 'Working out what the run needs' : 'The memory estimate follows.')}
      </p>
    </div>
  );
}
