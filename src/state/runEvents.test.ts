import { describe, expect, it } from 'vitest';
import type { EpochEvent, RunResult } from '../engine/runTypes.ts';
import { applyRunEvent } from './commands/runCommands.ts';
import { appendEpochs, emptyCurves } from './curves.ts';
import { idleRun } from './store.ts';

const epoch = (number: number, overrides: Partial<EpochEvent> = {}): EpochEvent => ({
  kind: 'epoch',
  epoch: number,
  loss: 1 / number,
  valLoss: null,
  trainScore: 0.5,
  valScore: null,
  trainMs: 1,
  evalMs: 1,
  learningRate: 0.01,
  bestEpoch: number,
  ...overrides,
});

describe('curves', () => {
  it('keep every epoch across growth, with NaN where nothing was measured', () => {
    let curves = emptyCurves();
    for (let number = 1; number <= 1000; number++) curves = appendEpochs(curves, [epoch(number)]);
    expect(curves.length).toBe(1000);
    expect([...curves.epoch.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(curves.loss[999]).toBe(1 / 1000);
    expect(curves.valLoss[999]).toBeNaN();
  });

  it('leave an earlier value readable as it was', () => {
    const before = appendEpochs(emptyCurves(), [epoch(1)]);
    const after = appendEpochs(before, [epoch(2)]);
    expect(before.length).toBe(1);
    expect(after.length).toBe(2);
  });
});

describe('curves of a run that went on from a checkpoint', () => {
  it('hold each epoch once', () => {
    const before = appendEpochs(
      emptyCurves(),
      [1, 2, 3, 4].map((number) => epoch(number)),
    );
    const after = appendEpochs(before, [epoch(3, { loss: 9 }), epoch(4, { loss: 8 })]);
    expect([...after.epoch.subarray(0, after.length)]).toEqual([1, 2, 3, 4]);
    expect([...after.loss.subarray(0, after.length)]).toEqual([1, 0.5, 9, 8]);
  });
});

describe('applyRunEvent', () => {
  const running = { ...idleRun(), status: { kind: 'running', epoch: 0, stage: 'Training' } } as const;

  it('carries the epoch through running, paused and running again', () => {
    let run = applyRunEvent(running, { sequence: 1, kind: 'epochs', epochs: [epoch(1), epoch(2)] });
    expect(run.status).toEqual({ kind: 'running', epoch: 2, stage: 'Training' });
    run = applyRunEvent(run, { sequence: 2, kind: 'status', status: 'paused', stage: 'Paused' });
    expect(run.status).toEqual({ kind: 'paused', epoch: 2 });
    run = applyRunEvent(run, { sequence: 3, kind: 'epochs', epochs: [epoch(3, { learningRate: 0.1 })] });
    expect(run.status).toEqual({ kind: 'paused', epoch: 3 });
    expect(run.learningRate).toBe(0.1);
    run = applyRunEvent(run, { sequence: 4, kind: 'status', status: 'running', stage: 'Training' });
    expect(run.status).toEqual({ kind: 'running', epoch: 3, stage: 'Training' });
  });

  it('does not go back to running while stopping, and ends as the result says', () => {
    const stopping = { ...running, status: { kind: 'stopping', epoch: 4 } } as const;
    const still = applyRunEvent(stopping, {
      sequence: 1,
      kind: 'status',
      status: 'running',
      stage: 'Training',
    });
    expect(still.status.kind).toBe('stopping');
    const result = { outcome: 'stopped' } as RunResult;
    expect(applyRunEvent(still, { sequence: 2, kind: 'finished', result }).status.kind).toBe('stopped');
  });

  it('keeps a failure with its words', () => {
    const error = {
      name: 'DivergedError',
      code: 'diverged',
      message: 'NaN',
      remedy: 'Lower it.',
      details: {},
    };
    expect(applyRunEvent(running, { sequence: 1, kind: 'failed', error }).status).toEqual({
      kind: 'failed',
      epoch: 0,
      error,
    });
  });
});
