/**
 * The training worker's service: composes backend, engine and live projection behind the protocol, one run at a time.
 * Epochs are batched so that a 1 ms epoch does not cost a message each. No algorithms here.
 */
import { serialiseError, WorkbenchError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { chooseBackend, takeDeviceErrors } from '../../engine/backend.ts';
import { engineCatalogue } from '../../engine/catalogue.ts';
import type { EngineHost } from '../../engine/host.ts';
import type { BackendChoice, EpochEvent, RunConfig, RunEvent } from '../../engine/runTypes.ts';
import { createRunControl, type RunControlState } from '../../engine/training/runControl.ts';
import { trainRun } from '../../engine/training/trainRun.ts';
import { createLiveProjection } from '../../projection/pca.ts';
import type { RunStreamEvent, TrainingService } from '../protocol.ts';

/** About 15 a second, as fast as an eye follows. */
const SNAPSHOT_INTERVAL_MS = 66;
const EPOCH_BATCH_MS = 33;

type Unsequenced<T> = T extends unknown ? Omit<T, 'sequence'> : never;

export function createTrainingService(host: EngineHost): TrainingService {
  let graph: Graph | null = null;
  let choice: BackendChoice | null = null;
  let control: RunControlState | null = null;
  let running: Promise<void> = Promise.resolve();

  return {
    catalogue: () => Promise.resolve(engineCatalogue()),
    async chooseBackend(requested, remembered) {
      if (control !== null) {
        throw new WorkbenchError('The compute backend cannot change while a model trains.', {
          code: 'busy',
          remedy: 'Stop the run first.',
        });
      }
      choice = await chooseBackend(requested, remembered, host);
      return choice;
    },
    setGraph(value) {
      graph = value;
      return Promise.resolve();
    },
    async startRun(config, port) {
      control?.stop();
      await running;
      choice ??= await chooseBackend('auto', null, host);
      const current = graph;
      if (current === null) throw new Error('no graph was set');
      control = createRunControl();
      running = stream(current, config, control, choice, port).finally(() => {
        control = null;
      });
    },
    pause: () => Promise.resolve(control?.pause()),
    resume: () => Promise.resolve(control?.resume()),
    step: () => Promise.resolve(control?.step()),
    stop: () => Promise.resolve(control?.stop()),
    setLearningRate: (value) => Promise.resolve(control?.setLearningRate(value)),
  };
}

async function stream(
  graph: Graph,
  config: RunConfig,
  control: RunControlState,
  choice: BackendChoice,
  port: MessagePort,
): Promise<void> {
  let sequence = 0;
  const send = (event: Unsequenced<RunStreamEvent>, transfer: Transferable[] = []): void => {
    port.postMessage({ sequence: sequence++, ...event }, transfer);
  };
  let batch: EpochEvent[] = [];
  let flushedAt = performance.now();
  const flush = (): void => {
    if (batch.length > 0) send({ kind: 'epochs', epochs: batch });
    batch = [];
    flushedAt = performance.now();
  };
  const project = createLiveProjection();
  const checkDevice = (): void => {
    const [first] = takeDeviceErrors();
    if (first !== undefined) throw first;
  };
  try {
    for await (const event of trainRun(graph, config, {
      control,
      backend: choice.label,
      snapshotIntervalMs: SNAPSHOT_INTERVAL_MS,
      checkDevice,
    })) {
      if (event.kind === 'epoch') {
        batch.push(event);
        if (control.isPaused || performance.now() - flushedAt > EPOCH_BATCH_MS) flush();
        continue;
      }
      flush();
      forward(event);
    }
  } catch (error) {
    flush();
    send({ kind: 'failed', error: serialiseError(error) });
  } finally {
    port.close();
  }

  function forward(event: Exclude<RunEvent, EpochEvent>): void {
    if (event.kind !== 'snapshot') {
      send(event);
      return;
    }
    const { epoch, codes, confidence, embedding, embeddingWidth } = event;
    const projected = embedding === null ? null : project.project(embedding, codes.length, embeddingWidth);
    const coordinates = projected === null ? null : projected.coordinates.slice();
    const buffers = [codes.buffer, confidence.buffer, ...(coordinates === null ? [] : [coordinates.buffer])];
    send(
      {
        kind: 'snapshot',
        snapshot: { epoch, codes, confidence, coordinates, explained: projected?.explained ?? null },
      },
      buffers as Transferable[],
    );
  }
}
