/**
 * Train, Pause, Resume, Step, Stop: which are shown follows the run status. The main button stays the same element in
 * the same place while its word changes: keyboard focus survives a click, and a second click never hits Stop.
 */
import { Button, Tooltip } from '@mantine/core';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { estimateText } from '../Setup/estimateText.ts';
import { useCommands, useStore } from '../useStore.ts';
import { primaryAction, type PrimaryAction } from './runActions.ts';
import classes from './TopBar.module.css';

const LOOK: Record<
  PrimaryAction,
  { readonly name: string; readonly key: string; readonly Icon: typeof IconPlayerPlayFilled }
> = {
  train: { name: 'Train', key: 'Space', Icon: IconPlayerPlayFilled },
  pause: { name: 'Pause', key: 'Space', Icon: IconPlayerPauseFilled },
  resume: { name: 'Resume', key: 'Space', Icon: IconPlayerPlayFilled },
};

/** Under Train: what the run would need, or why it would be refused. */
function PrimaryTip({ words, isTrain }: { readonly words: string; readonly isTrain: boolean }) {
  const { estimate, error } = useStore((state) => state.estimate);
  const text = error === null ? estimate && estimateText(estimate) : `${error.message} ${error.remedy}`;
  return (
    <>
      {words}
      {isTrain && text !== null && <div>{text}</div>}
    </>
  );
}

export function RunControls() {
  const commands = useCommands();
  const kind = useStore((state) => state.run.status.kind);
  const canTrain = useStore((state) => state.data.loaded !== null && state.catalogue.engine !== null);
  const action = primaryAction(kind);
  const { name, key, Icon } = LOOK[action];
  const isEnabled = action === 'train' ? canTrain : kind === 'running' || kind === 'paused';
  return (
    <div className={classes.controls}>
      {(kind === 'loading' || kind === 'running' || kind === 'paused' || kind === 'stopping') && (
        <Button
          variant="default"
          disabled={kind === 'stopping'}
          leftSection={<IconPlayerStopFilled size={13} aria-hidden />}
          onClick={() => void commands.stop()}
        >
          Stop
        </Button>
      )}
      {kind === 'paused' && (
        <Tooltip label="One epoch (.)">
          <Button
            variant="default"
            leftSection={<IconPlayerSkipForwardFilled size={13} aria-hidden />}
            onClick={() => void commands.step()}
          >
            Step
          </Button>
        </Tooltip>
      )}
      <Tooltip label={<PrimaryTip words={`${name} (${key})`} isTrain={action === 'train'} />}>
        <Button
          className={classes.primary ?? ''}
          variant={action === 'pause' ? 'default' : 'filled'}
          disabled={!isEnabled}
          leftSection={<Icon size={13} aria-hidden />}
          onClick={() => void commands[action]()}
        >
          {name}
        </Button>
      </Tooltip>
    </div>
  );
}
