/** Pace, best epoch, time left and learning rate of the run, four times a second at most. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { WorkbenchState } from '../../state/types.ts';
import { formatDuration, formatMetric, formatValue } from '../format/formatNumber.ts';
import { useCommands, useStore } from '../useStore.ts';
import { useThrottledStore } from '../useThrottledStore.ts';
import classes from './RunPanel.module.css';
import { isOnBaselines, remainingMs } from './statusText.ts';

const lastEpochOf = (state: WorkbenchState) => state.run.lastEpoch;

export function RunNumbers() {
  const last = useThrottledStore(lastEpochOf, 250);
  const epochs = useStore((state) => state.run.description?.epochs ?? null);
  const isRunning = useStore(({ run }) => run.status.kind === 'running' && !isOnBaselines(run.status));
  const medianMs = useStore((state) => state.run.result?.timing.medianEpochMs ?? null);
  if (last === null) return null;
  const epochMs = medianMs ?? last.trainMs + last.evalMs;
  const left = isRunning && epochs !== null ? remainingMs(last.epoch, epochs, epochMs) : null;
  return (
    <dl className={classes.numbers}>
      <Figure name="Per epoch" text={formatDuration(epochMs)} />
      <BestScore bestEpoch={last.bestEpoch} />
      {left !== null && <Figure name="Time left" text={formatDuration(left)} />}
      <LearningRate />
    </dl>
  );
}

function Figure({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** Epochs are numbered from 1 and none is skipped, so the best epoch's score lies one before its number. */
function BestScore({ bestEpoch }: { readonly bestEpoch: number }) {
  const score = useStore((state) => state.run.curves.valScore[bestEpoch - 1]);
  const isRatio = useStore((state) => headlineOf(state)?.isRatio ?? true);
  if (score === undefined || Number.isNaN(score)) return null;
  return <Figure name="Best validation" text={`${formatMetric(score, isRatio)} at ${bestEpoch}`} />;
}

export function headlineOf(state: WorkbenchState) {
  const task = state.run.description?.config.task ?? state.setup.task;
  const key = state.catalogue.engine?.tasks.find((entry) => entry.id === task)?.headline;
  return state.catalogue.engine?.metrics.find((metric) => metric.key === key);
}

function LearningRate() {
  const commands = useCommands();
  const rate = useStore((state) => state.run.learningRate);
  const base = useStore((state) => state.run.baseLearningRate) ?? rate;
  const isActive = useStore(
    (state) => state.run.status.kind === 'running' || state.run.status.kind === 'paused',
  );
  if (rate === null || base === null) return null;
  return (
    <div>
      <dt>Learning rate</dt>
      <dd className={classes.rate}>
        {formatValue(rate)}
        {isActive && (
          <>
            <Tooltip label="Halve it">
              <ActionIcon
                size={24}
                aria-label="Halve the rate"
                onClick={() => void commands.setLearningRate(base / 2)}
              >
                <IconMinus size={13} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Double it">
              <ActionIcon
                size={24}
                aria-label="Double the rate"
                onClick={() => void commands.setLearningRate(base * 2)}
              >
                <IconPlus size={13} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </dd>
    </div>
  );
}
