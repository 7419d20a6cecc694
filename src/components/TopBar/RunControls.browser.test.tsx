import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createStore } from 'zustand/vanilla';
import type { Commands, RunStatus, WorkbenchState } from '../../state/types.ts';
import { RunStatus as RunStatusText } from '../RunPanel/RunStatus.tsx';
import { WorkbenchContext } from '../useStore.ts';
import { RunControls } from './RunControls.tsx';

let root: Root | null = null;
afterEach(() => {
  root?.unmount();
  root = null;
  document.body.replaceChildren();
});

function show(status: RunStatus) {
  const state = {
    data: { loaded: {} },
    catalogue: { engine: {} },
    estimate: { isPending: false, estimate: null, error: null },
    run: { status, description: { epochs: 200 } },
  } as unknown as WorkbenchState;
  const store = createStore(() => state);
  const calls: string[] = [];
  const commands = Object.fromEntries(
    ['train', 'pause', 'resume', 'step', 'stop'].map((name) => [
      name,
      () => Promise.resolve(calls.push(name)),
    ]),
  ) as unknown as Commands;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <MantineProvider>
      <WorkbenchContext value={{ store, commands }}>
        <RunControls />
        <RunStatusText />
      </WorkbenchContext>
    </MantineProvider>,
  );
  const setStatus = (next: RunStatus): void => store.setState({ run: { ...state.run, status: next } });
  return { calls, setStatus };
}

function buttons(): (string | null)[] {
  return page
    .getByRole('button')
    .elements()
    .map((button) => button.textContent);
}

describe('run controls', () => {
  it('offer what the run status allows', async () => {
    const { setStatus } = show({ kind: 'idle' });
    await expect.poll(buttons).toEqual(['Train']);
    setStatus({ kind: 'running', epoch: 3, stage: '' });
    await expect.poll(buttons).toEqual(['Stop', 'Pause']);
    setStatus({ kind: 'paused', epoch: 3 });
    await expect.poll(buttons).toEqual(['Stop', 'Step', 'Resume']);
    setStatus({ kind: 'stopping', epoch: 3 });
    await expect.poll(buttons).toEqual(['Stop', 'Pause']);
    await expect.element(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
    setStatus({ kind: 'finished', epoch: 200 });
    await expect.poll(buttons).toEqual(['Train']);
  });

  it('keep keyboard focus on the main button while its word changes', async () => {
    const { calls, setStatus } = show({ kind: 'idle' });
    const train = page.getByRole('button', { name: 'Train' });
    await expect.element(train).toBeEnabled();
    await userEvent.tab();
    await expect.element(train).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(calls).toEqual(['train']);
    setStatus({ kind: 'running', epoch: 1, stage: '' });
    await expect.element(page.getByRole('button', { name: 'Pause' })).toHaveFocus();
  });

  it('tell the state in one live region', async () => {
    const { setStatus } = show({ kind: 'idle' });
    await expect.element(page.getByRole('status')).toHaveTextContent('Idle');
    setStatus({ kind: 'running', epoch: 12, stage: '' });
    await expect.element(page.getByRole('status')).toHaveTextContent('Training, epoch 12 of 200');
  });
});
