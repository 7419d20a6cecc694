/** Which device computes, and on request why: the measured candidates and the reason for the choice. */
import { Button, Popover, Select } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import type { BackendChoice, BackendName } from '../../engine/runTypes.ts';
import { formatDuration, MISSING } from '../format/formatNumber.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './Setup.module.css';

const OPTIONS: readonly { readonly value: BackendName | 'auto'; readonly label: string }[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'webgl', label: 'WebGL' },
  { value: 'wasm', label: 'WASM' },
  { value: 'cpu', label: 'CPU' },
];

function backendName(id: BackendName): string {
  return OPTIONS.find((option) => option.value === id)?.label ?? id;
}

export function ComputeSelect({ isStacked = false }: { readonly isStacked?: boolean }) {
  const commands = useCommands();
  const requested = useStore((state) => state.compute.requested);
  const isBusy = useStore(
    (state) => !['idle', 'finished', 'stopped', 'failed'].includes(state.run.status.kind),
  );
  return (
    <div className={isStacked ? classes.stackedCompute : classes.compute}>
      <Select
        {...(isStacked ? { label: 'Compute' } : { 'aria-label': 'Compute', variant: 'unstyled' })}
        className={classes.computeSelect ?? ''}
        data={[...OPTIONS]}
        value={requested}
        disabled={isBusy}
        onChange={(value) => {
          const chosen = OPTIONS.find((option) => option.value === value);
          if (chosen !== undefined) void commands.setCompute(chosen.value);
        }}
      />
      <ComputeChip />
    </div>
  );
}

function ComputeChip() {
  const compute = useStore((state) => state.compute);
  const text = chipText(compute);
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          className={classes.chip ?? ''}
          color={compute.status === 'failed' ? 'red' : 'gray'}
          leftSection={<IconCpu size={14} aria-hidden />}
        >
          <span className={classes.chipText}>{text}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Why this device">
        <div className={classes.why}>
          {compute.error !== null && (
            <>
              <h2>{compute.error.message}</h2>
              <p>{compute.error.remedy}</p>
            </>
          )}
          {compute.choice === null ? (
            compute.error === null && <p>Measuring a small training epoch on each device.</p>
          ) : (
            <Considered choice={compute.choice} />
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function chipText(compute: { status: string; choice: BackendChoice | null }): string {
  if (compute.status === 'failed') return 'No device';
  if (compute.choice === null) return 'Measuring';
  const { backend, threads } = compute.choice;
  return threads > 1 ? `${backendName(backend)} · ${threads} threads` : backendName(backend);
}

function Considered({ choice }: { readonly choice: BackendChoice }) {
  return (
    <>
      <h2>{choice.label}</h2>
      <p>{choice.reason}</p>
      <table className={classes.considered}>
        <caption className="gw-visually-hidden">Devices considered, time of one small training epoch</caption>
        <tbody>
          {choice.considered.map((entry) => (
            <tr key={entry.backend} data-chosen={entry.backend === choice.backend || undefined}>
              <th scope="row">{backendName(entry.backend)}</th>
              <td>{entry.epochMs === null ? MISSING : formatDuration(entry.epochMs)}</td>
              <td>{entry.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
