/** Where the nodes are: the chosen layout, run in its worker, and nodes that a person moved or pinned. */
import { transfer } from 'comlink';
import { bitsetIndices, bitsetOf, hasBit } from '../../core/bitset.ts';
import { deserialiseError } from '../../core/errors.ts';
import { numNodes } from '../../core/graph.ts';
import type { LayoutSummary } from '../../layouts/layoutTypes.ts';
import type { LayoutRequest, LayoutStreamEvent } from '../../workers/protocol.ts';
import type { CommandContext } from '../environment.ts';
import { DEFAULT_LAYOUT, firstLayout, layoutData } from '../layoutChoice.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';

export type LayoutCommands = Pick<
  Commands,
  'moveNode' | 'setLayout' | 'setLayoutParameter' | 'runLayout' | 'stopLayout' | 'togglePin'
> & {
  /** First positions of a graph that was just opened: those of its file, or a layout run. */
  placeNodes(): Promise<void>;
  /** Edges came or went: an iterative layout goes on from where the nodes are; the others keep them there. */
  followEdges(): Promise<void>;
};

/** Fewer steps for larger graphs: about a second of work for thousands of nodes, tens of seconds for a million. */
const iterationsFor = (nodes: number): number =>
  Math.max(60, Math.min(600, Math.round(2_000_000 / Math.max(1, nodes))));

export function createLayoutCommands(context: CommandContext): LayoutCommands {
  const { store, clients, page, report } = context;
  let port: MessagePort | null = null;
  let latest: LayoutStreamEvent | null = null;
  let runs = 0;
  /** The layout that placed the nodes as they are; null before the first. */
  let placedBy: string | null = null;

  watchNodes(context);

  function apply(request: LayoutRequest, isStatic: boolean): void {
    const event = latest;
    latest = null;
    if (event === null) return;
    if (event.kind === 'failed') {
      fail(deserialiseError(event.error));
      return;
    }
    const { iteration, positions } = event;
    placedBy = request.layoutId;
    const status = event.kind === 'finished' ? 'finished' : 'running';
    const progress = iteration / request.maxIterations;
    patch(store, 'view', { positions, layout: { status, iteration, progress, isStatic } });
  }

  function fail(error: unknown): void {
    // The nodes stay where they are, and so does the name of what put them there.
    const layoutId = placedBy ?? store.getState().view.layoutId;
    patch(store, 'view', { layoutId, layout: { status: 'failed', iteration: 0 } });
    report(error);
  }

  async function catalogue(): Promise<readonly LayoutSummary[]> {
    const known = store.getState().catalogue.layouts;
    if (known !== null) return known;
    const layouts = await clients.layout.call((service) => service.catalogue());
    patch(store, 'catalogue', { layouts });
    return layouts;
  }

  /** The message channel of a run that starts; the events of the one before are let go. */
  function listen(request: LayoutRequest, isStatic: boolean): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port?.close();
    port = port1;
    latest = null;
    port1.onmessage = ({ data }: MessageEvent<LayoutStreamEvent>) => {
      const isWaiting = latest !== null;
      latest = data;
      if (!isWaiting) page.requestFrame(() => apply(request, isStatic));
    };
    return port2;
  }

  async function run(initial: Float32Array | null): Promise<void> {
    const mine = ++runs;
    patch(store, 'view', { layout: { status: 'running', iteration: 0, progress: 0 } });
    try {
      const layouts = await catalogue();
      const { data, view, run: training } = store.getState();
      if (mine !== runs || data.loaded === null) return;
      const { graph } = data.loaded;
      const chosen = layouts.find(({ id }) => id === view.layoutId) ?? layouts[0];
      if (chosen === undefined) return;
      const request: LayoutRequest = {
        ...layoutData(chosen, view.layoutValues[chosen.id], graph, training),
        numNodes: numNodes(graph),
        source: graph.source,
        target: graph.target,
        initial: initial?.length === 2 * numNodes(graph) ? initial : null,
        pinned: view.pinned,
        layoutId: chosen.id,
        seed: 1,
        maxIterations: chosen.isStatic ? 1 : iterationsFor(numNodes(graph)),
      };
      const events = listen(request, chosen.isStatic);
      await clients.layout.call((layout) => layout.start(request, transfer(events, [events])));
    } catch (error) {
      if (mine === runs) fail(error);
    }
  }

  const runFromHere = (): Promise<void> => run(store.getState().view.positions);
  const isIterative = (id: string): boolean =>
    store.getState().catalogue.layouts?.find((layout) => layout.id === id)?.isStatic === false;

  return {
    async placeNodes() {
      const { loaded } = store.getState().data;
      if (loaded === null) return;
      placedBy = null;
      patch(store, 'view', { positions: null, pinned: null, ...firstLayout(loaded) });
      await run(null);
    },
    async followEdges() {
      if (isIterative(store.getState().view.layoutId)) await runFromHere();
    },
    async setLayout(layoutId) {
      const { pinned } = store.getState().view;
      const isOther = layoutId !== store.getState().view.layoutId;
      patch(store, 'view', { layoutId });
      // From the places of another layout it would come to rest in a worse arrangement than from its own start.
      const isAnew = isOther && pinned === null && layoutId === DEFAULT_LAYOUT;
      await (isAnew ? run(null) : runFromHere());
    },
    async setLayoutParameter(id, value) {
      const { layoutId, layoutValues } = store.getState().view;
      const values = { ...layoutValues[layoutId], [id]: value };
      patch(store, 'view', { layoutValues: { ...layoutValues, [layoutId]: values } });
      await runFromHere();
    },
    runLayout: runFromHere,
    async stopLayout() {
      await clients.layout.call((layout) => layout.stop());
    },
    moveNode(node, x, y) {
      const { positions, layout } = store.getState().view;
      if (positions === null || layout.status === 'running' || 2 * node + 1 >= positions.length) return;
      const moved = positions.slice();
      moved[2 * node] = x;
      moved[2 * node + 1] = y;
      patch(store, 'view', { positions: moved });
    },
    togglePin(nodes) {
      const { loaded } = store.getState().data;
      if (loaded === null || nodes.length === 0) return;
      const { pinned } = store.getState().view;
      const areAll = nodes.every((node) => pinned !== null && hasBit(pinned, node));
      const before: Iterable<number> = pinned === null ? [] : bitsetIndices(pinned);
      const after = areAll
        ? [...before].filter((node) => !nodes.includes(node))
        : [...new Set([...before, ...nodes])];
      patch(store, 'view', { pinned: after.length === 0 ? null : bitsetOf(numNodes(loaded.graph), after) });
    },
  };
}

/** Nodes were added or another graph was opened: pins name nodes by index and would hold others. */
function watchNodes({ store }: CommandContext): void {
  store.subscribe(({ data, view }, before) => {
    if (data.loaded === before.data.loaded || view.pinned === null) return;
    if (data.loaded?.graph.nodeIds !== before.data.loaded?.graph.nodeIds)
      patch(store, 'view', { pinned: null });
  });
}
