/**
 * Training: starts a run, listens to its port, and turns events into state at most once a frame. Stop is asked for
 * first and enforced after a grace period; a crashed worker becomes a failed run, never a hang.
 */
import { transfer } from 'comlink';
import { deserialiseError, serialiseError } from '../../core/errors.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import type { RunStreamEvent } from '../../workers/protocol.ts';
import { appendEpochs } from '../curves.ts';
import type { CommandContext } from '../environment.ts';
import { recipeName } from '../runParameters.ts';
import { runConfigOf } from '../setupDefaults.ts';
import { idleRun, patch } from '../store.ts';
import type { Commands, RunSlice, RunStatus } from '../types.ts';
import type { TrainingGraph } from './trainingGraph.ts';

/** A run that has not ended this long after Stop is ended with its worker. */
const STOP_GRACE_MS = 5000;

type RunCommands = Pick<Commands, 'train' | 'pause' | 'resume' | 'step' | 'stop' | 'setLearningRate'> & {
  /** Forgets the run, because another graph takes its place; the worker is told to end it. */
  abandon(): void;
  /** The training worker died: what it held must be sent again, a run under way has failed. */
  trainingCrashed(error: unknown): void;
};

/** @param afterRestart a worker ended for not stopping is replaced: what the last one had chosen is set again */
export function createRunCommands(
  { store, clients, page, report }: CommandContext,
  trainingGraph: TrainingGraph,
  afterRestart: () => void,
): RunCommands {
  let port: MessagePort | null = null;
  let queue: RunStreamEvent[] = [];

  const epochOf = (): number => store.getState().run.lastEpoch?.epoch ?? 0;
  const setStatus = (status: RunStatus): void => patch(store, 'run', { status });
  const isUnderWay = (): boolean =>
    ['loading', 'running', 'paused', 'stopping'].includes(store.getState().run.status.kind);

  /** A word to the run under way; the worker's death on the way is said, not thrown at a click. */
  const tell = (use: Parameters<typeof clients.training.call<void>>[0]): Promise<void> =>
    clients.training.call(use).catch(report);

  function listen(receiver: MessagePort): void {
    port?.close();
    queue = [];
    port = receiver;
    receiver.onmessage = ({ data }: MessageEvent<RunStreamEvent>) => {
      if (queue.push(data) === 1) page.requestFrame(drain);
    };
  }

  function drain(): void {
    const events = queue;
    queue = [];
    if (events.length > 0) store.setState({ run: events.reduce(applyRunEvent, store.getState().run) });
    const changed = events.find((event) => event.kind === 'backendChanged');
    if (changed !== undefined) patch(store, 'compute', { choice: changed.choice });
    const failed = events.find((event) => event.kind === 'failed');
    if (failed !== undefined) report(deserialiseError(failed.error));
  }

  /** What a person wants to watch while it trains; a colouring by a column or a part of the split stays. */
  function showPredictions(): void {
    const { colourBy } = store.getState().view;
    if (colourBy === 'label' || colourBy === 'none') patch(store, 'view', { colourBy: 'prediction' });
  }

  return {
    async train() {
      const { catalogue, data, setup } = store.getState();
      const { loaded } = data;
      if (loaded === null || isUnderWay()) return;
      const isSent = trainingGraph.isSent(loaded.graph);
      const recipe = recipeName(catalogue.engine, setup);
      store.setState({
        run: { ...idleRun(), recipe, status: { kind: 'loading', what: isSent ? 'run' : 'graph' } },
      });
      showPredictions();
      try {
        if (!isSent) {
          await trainingGraph.send(loaded.graph);
          if (store.getState().run.status.kind === 'loading') setStatus({ kind: 'loading', what: 'run' });
        }
        const { port1, port2 } = new MessageChannel();
        listen(port1);
        const config = runConfigOf(setup, loaded);
        await clients.training.call((training) => training.startRun(config, transfer(port2, [port2])));
      } catch (error) {
        setStatus({ kind: 'failed', epoch: 0, error: serialiseError(error) });
        report(error);
      }
    },
    async pause() {
      if (store.getState().run.status.kind === 'running') await tell((training) => training.pause());
    },
    async resume() {
      if (store.getState().run.status.kind === 'paused') await tell((training) => training.resume());
    },
    async step() {
      if (store.getState().run.status.kind === 'paused') await tell((training) => training.step());
    },
    async stop() {
      if (!isUnderWay()) return;
      setStatus({ kind: 'stopping', epoch: epochOf() });
      const stoppedPort = port;
      setTimeout(() => {
        if (port === stoppedPort && store.getState().run.status.kind === 'stopping') {
          clients.training.restart('it did not stop in time');
          trainingGraph.forget();
          afterRestart();
          setStatus({ kind: 'stopped', epoch: epochOf() });
        }
      }, STOP_GRACE_MS);
      await tell((training) => training.stop());
    },
    async setLearningRate(learningRate) {
      const { run } = store.getState();
      // Shown at once, also while paused: what the schedule makes of it this epoch.
      const factor = (run.learningRate ?? learningRate) / (run.baseLearningRate ?? learningRate);
      patch(store, 'run', { learningRate: learningRate * factor, baseLearningRate: learningRate });
      await tell((training) => training.setLearningRate(learningRate));
    },
    abandon() {
      const wasUnderWay = isUnderWay();
      port?.close();
      port = null;
      queue = [];
      store.setState({ run: idleRun() });
      if (wasUnderWay) void tell((training) => training.stop());
    },
    trainingCrashed(error) {
      trainingGraph.forget();
      if (!isUnderWay()) return;
      setStatus({ kind: 'failed', epoch: epochOf(), error: serialiseError(error) });
    },
  };
}

function rateOf({ config }: RunDescription): number | null {
  const { learningRate } = config.parameters;
  return typeof learningRate === 'number' ? learningRate : null;
}

/** Pure: the run slice after one event. */
export function applyRunEvent(run: RunSlice, event: RunStreamEvent): RunSlice {
  const epoch = run.lastEpoch?.epoch ?? 0;
  switch (event.kind) {
    case 'started':
      return {
        ...run,
        description: event.run,
        baseLearningRate: run.baseLearningRate ?? rateOf(event.run),
        status: { kind: 'running', epoch: 0, stage: 'Training' },
      };
    case 'backendChanged':
      return run;
    case 'epochs': {
      const last = event.epochs.at(-1) ?? run.lastEpoch;
      const status =
        run.status.kind === 'running' || run.status.kind === 'paused' || run.status.kind === 'stopping'
          ? { ...run.status, epoch: last?.epoch ?? epoch }
          : run.status;
      return {
        ...run,
        lastEpoch: last,
        curves: appendEpochs(run.curves, event.epochs),
        learningRate: last?.learningRate ?? run.learningRate,
        status,
      };
    }
    case 'snapshot':
      return { ...run, snapshot: event.snapshot };
    case 'status': {
      if (run.status.kind === 'stopping') return run;
      return {
        ...run,
        status:
          event.status === 'paused'
            ? { kind: 'paused', epoch }
            : { kind: 'running', epoch, stage: event.stage },
      };
    }
    case 'finished':
      return { ...run, result: event.result, status: { kind: event.result.outcome, epoch } };
    case 'failed':
      return { ...run, status: { kind: 'failed', epoch, error: event.error } };
    default:
      return event satisfies never;
  }
}
