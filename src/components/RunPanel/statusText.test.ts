import { describe, expect, it } from 'vitest';
import type { SerialisedError } from '../../core/errors.ts';
import { remainingMs, stateOf, statusText } from './statusText.ts';

const error: SerialisedError = {
  name: 'DivergedError',
  code: 'diverged',
  message: '',
  remedy: '',
  details: {},
};

describe('statusText', () => {
  it.each([
    [{ kind: 'idle' }, 'Idle'],
    [{ kind: 'loading', what: 'graph' }, 'Loading the graph into the engine'],
    [{ kind: 'loading', what: 'run' }, 'Loading, preparing the run'],
    [{ kind: 'running', epoch: 12, stage: '' }, 'Training, epoch 12 of 1200'],
    [{ kind: 'running', epoch: 80, stage: 'Training baselines' }, 'Training baselines, epoch 80 of 1200'],
    [{ kind: 'paused', epoch: 12 }, 'Paused at epoch 12 of 1200'],
    [{ kind: 'stopping', epoch: 12 }, 'Stopping at epoch 12 of 1200'],
    [{ kind: 'finished', epoch: 200 }, 'Finished at epoch 200 of 1200'],
    [{ kind: 'stopped', epoch: 7 }, 'Stopped at epoch 7 of 1200'],
    [{ kind: 'failed', epoch: 3, error }, 'Failed at epoch 3 of 1200'],
  ] as const)('%o', (status, text) => expect(statusText(status, 1200)).toBe(text));

  it('leaves the total out before it is known', () =>
    expect(statusText({ kind: 'running', epoch: 1, stage: '' }, null)).toBe('Training, epoch 1'));
});

describe('stateOf', () => {
  it.each([
    ['Training, epoch 12 of 1200', 'Training'],
    ['Training baselines, epoch 80 of 1200', 'Training baselines'],
    ['Paused at epoch 12', 'Paused'],
    ['Idle', 'Idle'],
  ])('%s', (text, state) => expect(stateOf(text)).toBe(state));
});

describe('remainingMs', () => {
  it('tells only what is worth waiting for', () => {
    expect([remainingMs(100, 200, 100), remainingMs(199, 200, 100), remainingMs(0, 10, Number.NaN)]).toEqual([
      10_000,
      null,
      null,
    ]);
  });
});
