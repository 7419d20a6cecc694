/** The projection worker's service: runs one projection at a time and streams its points. No algorithms here. */
import { createPace } from '../../core/edgeBuilders/buildPace.ts';
import { chooseRows } from '../../core/edgeBuilders/chosenColumns.ts';
import { POINT_COLUMNS, readPoints, standardised } from '../../core/edgeBuilders/points.ts';
import { serialiseError, TaskError } from '../../core/errors.ts';
import { nextMacrotask } from '../../core/macrotask.ts';
import { PROJECTIONS } from '../../projection/index.ts';
import type { Projection, ProjectionRows } from '../../projection/projectionTypes.ts';
import { TRUST_NEIGHBOURS, trustworthiness } from '../../projection/trustworthiness.ts';
import type {
  ProjectionRequest,
  ProjectionService,
  ProjectionSource,
  ProjectionStreamEvent,
} from '../projectionProtocol.ts';

/** About 15 a second, as fast as an eye follows. */
const FRAME_INTERVAL_MS = 66;
/** How long iterations may keep `pause` and `stop` waiting. */
const TURN_MS = 16;

export function createProjectionService(): ProjectionService {
  let control: Control | null = null;
  return {
    catalogue: () =>
      Promise.resolve(
        PROJECTIONS.all.map(({ id, name, summary, parameters }) => ({ id, name, summary, parameters })),
      ),
    start(request, port) {
      control?.stop();
      control = createControl();
      void streamProjection(request, port, control);
      return Promise.resolve();
    },
    pause: () => Promise.resolve(control?.pause()),
    resume: () => Promise.resolve(control?.resume()),
    stop: () => Promise.resolve(control?.stop()),
  };
}

interface Control {
  readonly signal: AbortSignal;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
  stop(): void;
  waitWhilePaused(): Promise<void>;
}

function createControl(): Control {
  const abort = new AbortController();
  let isPaused = false;
  let wake: (() => void) | null = null;
  const resume = (): void => {
    isPaused = false;
    wake?.();
    wake = null;
  };
  return {
    signal: abort.signal,
    get isPaused() {
      return isPaused;
    },
    pause() {
      isPaused = !abort.signal.aborted;
    },
    resume,
    stop() {
      abort.abort();
      resume();
    },
    async waitWhilePaused() {
      while (isPaused) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

type Send = (event: ProjectionStreamEvent, transfer?: Transferable[]) => void;

/** Runs to the end and closes the port; never rejects: a failure is the port's last event. */
async function streamProjection(
  request: ProjectionRequest,
  port: MessagePort,
  control: Control,
): Promise<void> {
  const send: Send = (event, transfer = []) => port.postMessage(event, transfer);
  try {
    const method = PROJECTIONS.get(request.methodId);
    const { rows, nodes } = readSource(request.source);
    const pace = createPace(
      { signal: control.signal, onProgress: (fraction) => send({ kind: 'searching', fraction }) },
      'The projection',
    );
    const projection = await method.prepare(rows, request.values, async (fraction) => {
      await control.waitWhilePaused();
      await pace(fraction);
    });
    const neighbours = shownNeighbours(projection);
    const { settings } = projection;
    const k = neighbours.length / rows.n;
    send({ kind: 'prepared', nodes, neighbours, k, settings }, [nodes.buffer, neighbours.buffer]);
    await iterate(projection, control, send);
    const coordinates = projection.coordinates.slice();
    const trust = trustworthiness(rows, coordinates);
    send(
      {
        kind: 'finished',
        outcome: projection.iteration < projection.numIterations ? 'stopped' : 'finished',
        coordinates,
        trust: Number.isNaN(trust) ? null : trust,
      },
      [coordinates.buffer],
    );
  } catch (error) {
    send({ kind: 'failed', error: serialiseError(error) });
  } finally {
    port.close();
  }
}

async function iterate(projection: Projection, control: Control, send: Send): Promise<void> {
  let sentAt = -Infinity;
  let turnedAt = performance.now();
  const sendFrame = (): void => {
    sentAt = performance.now();
    const coordinates = projection.coordinates.slice();
    const fraction = projection.iteration / projection.numIterations;
    send({ kind: 'frame', coordinates, fraction }, [coordinates.buffer]);
  };
  while (projection.iteration < projection.numIterations && !control.signal.aborted) {
    projection.step();
    const now = performance.now();
    if (now - sentAt >= FRAME_INTERVAL_MS) sendFrame();
    if (now - turnedAt < TURN_MS) continue;
    await nextMacrotask();
    // What a person stopped at is what they look at.
    if (control.isPaused) sendFrame();
    await control.waitWhilePaused();
    turnedAt = performance.now();
  }
  sendFrame();
}

interface SourceRows {
  readonly rows: ProjectionRows;
  readonly nodes: Int32Array<ArrayBuffer>;
}

/** Errors as `chooseRows` and `readPoints`. Several columns have no common unit: they are standardised. */
function readSource(source: ProjectionSource): SourceRows {
  if (source.kind === 'rows') {
    const { values, width, firstNode } = source;
    const n = values.length / width;
    return { rows: { values, n, width }, nodes: Int32Array.from({ length: n }, (_, row) => firstNode + row) };
  }
  const { graph, choice } = source;
  const chosen = chooseRows(graph, { ...choice, relation: null }, POINT_COLUMNS);
  const read = readPoints(graph, chosen);
  if (read.kind === 'sparse') {
    throw new TaskError(`The columns of '${choice.nodeType}' hold sets or sparse rows.`, {
      code: 'projection-columns',
      remedy: 'Choose a vector column or number columns.',
      details: { columns: choice.columns },
    });
  }
  const { values, width, nodes } = chosen.columns.length > 1 ? standardised(read) : read;
  return {
    rows: { values: Float32Array.from(values), n: nodes.length, width },
    nodes: Int32Array.from(nodes),
  };
}

/** The first few of each list, as many as trust is measured with. [n · k] */
function shownNeighbours({ neighbours }: Projection): Int32Array<ArrayBuffer> {
  const k = Math.min(TRUST_NEIGHBOURS, neighbours.k);
  const shown = new Int32Array(neighbours.size * k);
  for (let row = 0; row < neighbours.size; row++) {
    const start = row * neighbours.k;
    shown.set(neighbours.index.subarray(start, start + k), row * k);
  }
  return shown;
}
