/** What is looked at: tabs, colours, selection, and the layout that runs in its worker. */
import { transfer } from 'comlink';
import { type Bitset, bitsetOf, createBitset, setBit } from '../../core/bitset.ts';
import { coordinatePositions } from '../../core/coordinatePositions.ts';
import { deserialiseError } from '../../core/errors.ts';
import { numNodes } from '../../core/graph.ts';
import type { LayoutStreamEvent } from '../../workers/protocol.ts';
import type { CommandContext } from '../environment.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';

type ViewCommands = Pick<
  Commands,
  'setTab' | 'setSplitView' | 'moveNode' | 'runLayout' | 'stopLayout' | 'select' | 'hover'
> & {
  /** First positions of a graph that was just opened: its own coordinates, or a layout run. */
  placeNodes(): Promise<void>;
};

/** Fewer steps for larger graphs: about a second of work for thousands of nodes, tens of seconds for a million. */
const iterationsFor = (nodes: number): number =>
  Math.max(60, Math.min(600, Math.round(2_000_000 / Math.max(1, nodes))));

export function createViewCommands({ store, clients, page, report }: CommandContext): ViewCommands {
  let port: MessagePort | null = null;
  let latest: LayoutStreamEvent | null = null;

  function apply(): void {
    const event = latest;
    latest = null;
    if (event === null) return;
    if (event.kind === 'failed') {
      patch(store, 'view', { layout: { status: 'failed', iteration: 0 } });
      report(deserialiseError(event.error));
      return;
    }
    const status = event.kind === 'finished' ? 'finished' : 'running';
    patch(store, 'view', { positions: event.positions, layout: { status, iteration: event.iteration } });
  }

  async function run(initial: Float32Array | null): Promise<void> {
    const { loaded } = store.getState().data;
    if (loaded === null) return;
    const { graph } = loaded;
    const { port1, port2 } = new MessageChannel();
    port?.close();
    port = port1;
    latest = null;
    port1.onmessage = ({ data }: MessageEvent<LayoutStreamEvent>) => {
      const isWaiting = latest !== null;
      latest = data;
      if (!isWaiting) page.requestFrame(apply);
    };
    patch(store, 'view', { layout: { status: 'running', iteration: 0 } });
    const nodes = numNodes(graph);
    const request = {
      numNodes: nodes,
      source: graph.source,
      target: graph.target,
      initial,
      layoutId: 'force-atlas-2',
      seed: 1,
      maxIterations: iterationsFor(nodes),
    };
    try {
      await clients.layout.call((layout) => layout.start(request, transfer(port2, [port2])));
    } catch (error) {
      patch(store, 'view', { layout: { status: 'failed', iteration: 0 } });
      report(error);
    }
  }

  return {
    setTab: (tab) => patch(store, 'view', { tab }),
    setSplitView: (split) => patch(store, 'view', { split }),
    async placeNodes() {
      const { loaded } = store.getState().data;
      if (loaded === null) return;
      const geographic = coordinatePositions(loaded.graph);
      patch(store, 'view', { positions: geographic, layout: { status: 'idle', iteration: 0 } });
      if (geographic === null) await run(null);
    },
    moveNode(node, x, y) {
      const { positions, layout } = store.getState().view;
      if (positions === null || layout.status === 'running' || 2 * node + 1 >= positions.length) return;
      const moved = positions.slice();
      moved[2 * node] = x;
      moved[2 * node + 1] = y;
      patch(store, 'view', { positions: moved });
    },
    runLayout: () => run(store.getState().view.positions),
    async stopLayout() {
      await clients.layout.call((layout) => layout.stop());
    },
    select(nodes, add = false) {
      const { loaded } = store.getState().data;
      if (loaded === null || nodes === null || nodes.length === 0) {
        patch(store, 'selection', { selected: null, focused: null });
        return;
      }
      const { selected } = store.getState().selection;
      const length = numNodes(loaded.graph);
      patch(store, 'selection', {
        selected: add && selected !== null ? extended(selected, nodes) : bitsetOf(length, nodes),
        focused: nodes[nodes.length - 1] ?? null,
      });
    },
    hover(node) {
      if (store.getState().selection.hovered !== node) patch(store, 'selection', { hovered: node });
    },
  };
}

function extended(selected: Bitset, nodes: readonly number[]): Bitset {
  const next = createBitset(selected.length);
  next.bits.set(selected.bits);
  for (const node of nodes) setBit(next, node);
  return next;
}
