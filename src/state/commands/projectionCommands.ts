/**
 * Projections of the embedding: asks the worker for one, listens to its port and turns events into state at most once a
 * frame. Stop is asked for first and enforced after a grace period.
 */
import { transfer } from 'comlink';
import { deserialiseError } from '../../core/errors.ts';
import type { ProjectionRequest, ProjectionStreamEvent } from '../../workers/projectionProtocol.ts';
import type { CommandContext } from '../environment.ts';
import { visibleGraph } from '../hiddenColumns.ts';
import {
  chosenSource,
  HIDDEN_LAYER,
  type ProjectionSourceChoice,
  projectionSources,
  sourceData,
} from '../projectionSources.ts';
import {
  LIVE_PCA,
  type ProjectionCommands,
  type ProjectionResult,
  type ProjectionSlice,
} from '../projectionTypes.ts';
import { patch } from '../store.ts';
import type { WorkbenchState } from '../types.ts';

/** A projection that has not ended this long after Stop is ended with its worker. */
const STOP_GRACE_MS = 5000;

type ProjectionCommandSet = ProjectionCommands & {
  /** The projection worker died: one under way has ended where it was. */
  projectionCrashed(): void;
};

export function createProjectionCommands({
  store,
  clients,
  page,
  report,
}: CommandContext): ProjectionCommandSet {
  let port: MessagePort | null = null;
  let queue: ProjectionStreamEvent[] = [];
  let job: ProjectionJob | null = null;

  const slice = (): ProjectionSlice => store.getState().projection;
  /** A word to the projection under way; the worker's death on the way is said, not thrown at a click. */
  const tell = (use: Parameters<typeof clients.projection.call<void>>[0]): Promise<void> =>
    clients.projection.call(use).catch(report);

  function listen(receiver: MessagePort): void {
    silence();
    port = receiver;
    receiver.onmessage = ({ data }: MessageEvent<ProjectionStreamEvent>) => {
      if (queue.push(data) === 1) page.requestFrame(drain);
    };
  }

  function silence(): void {
    port?.close();
    port = null;
    queue = [];
  }

  function drain(): void {
    const events = queue;
    queue = [];
    const current = job;
    if (current === null || events.length === 0) return;
    const next = events.reduce((before, event) => applyProjectionEvent(before, current, event), slice());
    store.setState({ projection: next });
    const failed = events.find((event) => event.kind === 'failed');
    if (failed !== undefined) report(deserialiseError(failed.error));
  }

  function abandon(change: Partial<ProjectionSlice>): void {
    const wasUnderWay = slice().status.kind !== 'idle';
    silence();
    job = null;
    patch(store, 'projection', { ...change, status: { kind: 'idle' } });
    if (wasUnderWay) void tell((projection) => projection.stop());
  }

  store.subscribe((state, before) => {
    const change = staleChange(state, before);
    if (change === null) return;
    const isOfOpenGraph = job?.graphVersion === state.data.loaded?.graph.version;
    if (job !== null && isOfOpenGraph && job.source.id !== HIDDEN_LAYER) patch(store, 'projection', change);
    else abandon(change);
  });

  async function start(request: ProjectionRequest, next: ProjectionJob): Promise<void> {
    job = next;
    const { port1, port2 } = new MessageChannel();
    listen(port1);
    patch(store, 'projection', {
      status: { kind: 'running', method: next.method, stage: 'neighbours', fraction: 0 },
    });
    try {
      await clients.projection.call((projection) => projection.start(request, transfer(port2, [port2])));
    } catch (error) {
      patch(store, 'projection', { status: { kind: 'idle' } });
      report(error);
    }
  }

  return {
    async loadProjections() {
      if (slice().methods.length > 0) return;
      try {
        const methods = await clients.projection.call((projection) => projection.catalogue());
        patch(store, 'projection', { methods });
      } catch (error) {
        report(error);
      }
    },
    setProjectionMethod: (method) => patch(store, 'projection', { method }),
    setProjectionSource: (sourceId) => patch(store, 'projection', { sourceId }),
    setProjectionParameter: (id, value) =>
      patch(store, 'projection', { values: { ...slice().values, [id]: value } }),
    async project() {
      const { data, run, projection } = store.getState();
      const method = projection.methods.find(({ id }) => id === projection.method);
      if (data.loaded === null || method === undefined || projection.status.kind !== 'idle') return;
      const { graph } = data.loaded;
      const chosen = chosenSource(projectionSources(visibleGraph(data.loaded), run), projection);
      const source = chosen === null ? null : sourceData(graph, run, chosen);
      if (chosen === null || source === null) return;
      const own = method.parameters.map(({ id }) => id);
      const values = Object.fromEntries(Object.entries(projection.values).filter(([id]) => own.includes(id)));
      await start(
        { methodId: method.id, values, source },
        { method: method.id, source: chosen, graphVersion: graph.version },
      );
    },
    async pauseProjection() {
      const { status } = slice();
      if (status.kind !== 'running') return;
      patch(store, 'projection', { status: { ...status, kind: 'paused' } });
      await tell((projection) => projection.pause());
    },
    async resumeProjection() {
      const { status } = slice();
      if (status.kind !== 'paused') return;
      patch(store, 'projection', { status: { ...status, kind: 'running' } });
      await tell((projection) => projection.resume());
    },
    async stopProjection() {
      const { status } = slice();
      if (status.kind === 'idle' || status.kind === 'stopping') return;
      patch(store, 'projection', { status: { ...status, kind: 'stopping' } });
      const stopped = port;
      setTimeout(() => {
        if (port !== stopped || slice().status.kind !== 'stopping') return;
        clients.projection.restart('it did not stop in time');
        patch(store, 'projection', { status: { kind: 'idle' } });
      }, STOP_GRACE_MS);
      await tell((projection) => projection.stop());
    },
    projectionCrashed() {
      silence();
      patch(store, 'projection', { status: { kind: 'idle' } });
    },
  };
}

/** What was asked for. */
export interface ProjectionJob {
  readonly method: string;
  readonly source: ProjectionSourceChoice;
  readonly graphVersion: string;
}

/** What no longer holds after a change: pictures of another graph, or of the hidden layer that a new run replaces. */
function staleChange(state: WorkbenchState, before: WorkbenchState): Partial<ProjectionSlice> | null {
  const { graph } = state.data.loaded ?? {};
  const previous = before.data.loaded?.graph;
  if (graph?.version !== previous?.version) return { results: {}, method: LIVE_PCA, sourceId: null };
  const isStarting = state.run.status.kind === 'loading' && before.run.status.kind !== 'loading';
  if (!isStarting) return null;
  const kept = Object.entries(state.projection.results).filter(
    ([, { space }]) => space.sourceId !== HIDDEN_LAYER,
  );
  return { results: Object.fromEntries(kept), method: LIVE_PCA };
}

/** Pure: the slice after one event of a job. */
export function applyProjectionEvent(
  slice: ProjectionSlice,
  { method, source, graphVersion }: ProjectionJob,
  event: ProjectionStreamEvent,
): ProjectionSlice {
  const result = slice.results[method];
  const withResult = (change: Partial<ProjectionResult>): ProjectionSlice['results'] =>
    result === undefined ? slice.results : { ...slice.results, [method]: { ...result, ...change } };
  const { status } = slice;
  switch (event.kind) {
    case 'searching':
      return status.kind === 'idle'
        ? slice
        : { ...slice, status: { ...status, stage: 'neighbours', fraction: event.fraction } };
    case 'prepared': {
      const { nodes, neighbours, k, settings } = event;
      const space = {
        nodes,
        neighbours,
        k,
        settings,
        sourceId: source.id,
        sourceName: source.name,
        graphVersion,
      };
      const made: ProjectionResult = { method, space, coordinates: null, trust: null, isEnded: false };
      return { ...slice, results: { ...slice.results, [method]: made } };
    }
    case 'frame':
      return {
        ...slice,
        results: withResult({ coordinates: event.coordinates }),
        status: status.kind === 'idle' ? status : { ...status, stage: 'points', fraction: event.fraction },
      };
    case 'finished':
      return {
        ...slice,
        results: withResult({ coordinates: event.coordinates, trust: event.trust, isEnded: true }),
        status: { kind: 'idle' },
      };
    case 'failed':
      return { ...slice, status: { kind: 'idle' } };
    default:
      return event satisfies never;
  }
}
