/**
 * One run on its port: batches epochs (a 1 ms epoch must not cost a message each), projects snapshots to 2-D, and goes on
 * from the last checkpoint on the CPU when the GPU device is lost. Composition only; the work is the engine's.
 */
import { type SerialisedError, serialiseError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { takeDeviceErrors } from '../../engine/backend.ts';
import type { BackendChoice, EpochEvent, RunConfig, RunEvent } from '../../engine/runTypes.ts';
import type { RunControlState } from '../../engine/training/runControl.ts';
import type { RunSnapshot } from '../../engine/training/runSnapshot.ts';
import { trainRun } from '../../engine/training/trainRun.ts';
import { createLiveProjection } from '../../projection/pca.ts';
import type { RunStreamEvent } from '../protocol.ts';

/** About 15 a second, as fast as an eye follows. */
const SNAPSHOT_INTERVAL_MS = 66;
const EPOCH_BATCH_MS = 33;
/** What a lost GPU may cost. */
const CHECKPOINT_INTERVAL_MS = 2000;

type Unsequenced<T> = T extends unknown ? Omit<T, 'sequence'> : never;

export interface RunStreamInput {
  readonly graph: Graph;
  readonly config: RunConfig;
  readonly control: RunControlState;
  readonly choice: BackendChoice;
  /** The choice was made for this run; the page does not know it yet. */
  readonly isChanged: boolean;
  readonly port: MessagePort;
  /** Starts a backend that cannot be lost and makes it current. */
  readonly fallBack: () => Promise<BackendChoice>;
}

/** Runs to the end and closes the port; never rejects: a failure is the port's last event. */
export async function streamRun(input: RunStreamInput): Promise<void> {
  const { graph, config, control, port } = input;
  const outlet = createOutlet(port, control);
  let { choice } = input;
  let resumeFrom: RunSnapshot | undefined;
  if (input.isChanged) outlet.send({ kind: 'backendChanged', choice });
  try {
    for (;;) {
      try {
        const run = trainRun(graph, config, {
          control,
          backend: choice.label,
          snapshotIntervalMs: SNAPSHOT_INTERVAL_MS,
          checkDevice,
          ...(isOnGpu(choice) ? { checkpointIntervalMs: CHECKPOINT_INTERVAL_MS } : {}),
          onCheckpoint: (taken) => {
            resumeFrom = taken;
          },
          ...(resumeFrom === undefined ? {} : { resumeFrom }),
        });
        for await (const event of run) outlet.forward(event);
        return;
      } catch (error) {
        if (!isOnGpu(choice) || !(await isDeviceLost(error))) throw error;
        choice = await input.fallBack();
        outlet.send({ kind: 'backendChanged', choice });
      }
    }
  } catch (error) {
    outlet.fail(serialiseError(error));
  } finally {
    port.close();
  }
}

const isOnGpu = ({ backend }: BackendChoice): boolean => backend === 'webgpu' || backend === 'webgl';

function checkDevice(): void {
  const [first] = takeDeviceErrors();
  if (first !== undefined) throw first;
}

/** A read from a lost device fails before the loss itself is reported; this long after, nothing was lost. */
const LOSS_REPORT_MS = 1000;
const LOSS_POLL_MS = 20;

async function isDeviceLost(error: unknown): Promise<boolean> {
  const { code } = serialiseError(error);
  if (code !== 'internal') return code === 'device-lost';
  for (let waited = 0; waited < LOSS_REPORT_MS; waited += LOSS_POLL_MS) {
    if (takeDeviceErrors().some((reported) => reported.code === 'device-lost')) return true;
    await new Promise((resolve) => setTimeout(resolve, LOSS_POLL_MS));
  }
  return false;
}

function createOutlet(port: MessagePort, control: RunControlState) {
  const project = createLiveProjection();
  let sequence = 0;
  let batch: EpochEvent[] = [];
  let flushedAt = performance.now();

  function send(event: Unsequenced<RunStreamEvent>, transfer: Transferable[] = []): void {
    port.postMessage({ sequence: sequence++, ...event }, transfer);
  }

  function flush(): void {
    if (batch.length > 0) send({ kind: 'epochs', epochs: batch });
    batch = [];
    flushedAt = performance.now();
  }

  function forward(event: RunEvent): void {
    if (event.kind === 'epoch') {
      batch.push(event);
      if (control.isPaused || performance.now() - flushedAt > EPOCH_BATCH_MS) flush();
      return;
    }
    flush();
    if (event.kind !== 'snapshot') {
      send(event);
      return;
    }
    const { epoch, codes, confidence, embedding, embeddingWidth } = event;
    const projected = embedding === null ? null : project.project(embedding, codes.length, embeddingWidth);
    const coordinates = projected === null ? null : projected.coordinates.slice();
    const buffers = [codes.buffer, confidence.buffer, ...(coordinates === null ? [] : [coordinates.buffer])];
    const snapshot = { epoch, codes, confidence, coordinates, explained: projected?.explained ?? null };
    send({ kind: 'snapshot', snapshot }, buffers as Transferable[]);
  }

  return {
    send,
    forward,
    fail(error: SerialisedError): void {
      flush();
      send({ kind: 'failed', error });
    },
  };
}
