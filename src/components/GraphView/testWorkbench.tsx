/** A mounted view over a store that does what the commands say, without workers: for component tests of views. */
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { bitsetIndices, bitsetOf } from '../../core/bitset.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
import { NO_PROJECTION } from '../../state/projectionTypes.ts';
import type { Commands, RunSlice, WorkbenchState } from '../../state/types.ts';
import { USUAL_LAYOUT } from '../../state/tableLayouts.ts';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import { testSetup } from '../palette/testGraph.ts';
import { WorkbenchContext } from '../useStore.ts';

export interface MountedView {
  readonly store: StoreApi<WorkbenchState>;
  readonly host: HTMLElement;
  unmount(): void;
}

/** Mounts a view at 600 × 400 over the graph; commands that leave the view are absent and throw when called. */
export function mountView(
  view: ReactNode,
  graph: Graph,
  run: RunSlice,
  positions: Float32Array | null,
): MountedView {
  const state = {
    data: { loaded: { title: graph.name, graph } },
    catalogue: { engine: null, io: null, layouts: null },
    setup: testSetup,
    run,
    view: {
      tab: 'graph',
      split: false,
      colourBy: 'label',
      sizeBy: 'same',
      style: DEFAULT_STYLE,
      stylePresets: [],
      positions,
      layout: { status: 'finished', iteration: 1 },
      layoutId: 'force-atlas-2',
      layoutValues: {},
      pinned: null,
    },
    selection: { selected: null, focused: null, hovered: null },
    projection: NO_PROJECTION,
  } as unknown as WorkbenchState;
  const store = createStore<WorkbenchState>(() => state);
  const commands = viewCommands(store, numNodes(graph));
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; inset: 0 auto auto 0; width: 600px; height: 400px';
  document.body.append(host);
  const root = createRoot(host);
  root.render(
    <MantineProvider forceColorScheme="light">
      <WorkbenchContext value={{ store, commands }}>{view}</WorkbenchContext>
    </MantineProvider>,
  );
  return {
    store,
    host,
    unmount: () => {
      root.unmount();
      host.remove();
    },
  };
}

function viewCommands(store: StoreApi<WorkbenchState>, length: number): Commands {
  const commands: Pick<
    Commands,
    | 'select'
    | 'hover'
    | 'moveNode'
    | 'setColourBy'
    | 'setSizeBy'
    | 'setStyle'
    | 'loadProjections'
    | 'tableLayout'
    | 'rememberTableLayout'
  > = {
    loadProjections: () => Promise.resolve(),
    tableLayout: () => USUAL_LAYOUT,
    rememberTableLayout: () => undefined,
    select: (nodes, add = false) =>
      store.setState(({ selection }) => {
        const before = add && selection.selected !== null ? [...bitsetIndices(selection.selected)] : [];
        const selected = nodes === null ? null : bitsetOf(length, [...before, ...nodes]);
        return { selection: { ...selection, selected, focused: nodes?.at(-1) ?? null } };
      }),
    hover: (hovered) => store.setState(({ selection }) => ({ selection: { ...selection, hovered } })),
    moveNode: (node, x, y) =>
      store.setState(({ view }) => {
        const moved = view.positions?.slice() ?? new Float32Array(2 * length);
        moved.set([x, y], 2 * node);
        return { view: { ...view, positions: moved } };
      }),
    setColourBy: (colourBy) => store.setState(({ view }) => ({ view: { ...view, colourBy } })),
    setStyle: (change) =>
      store.setState(({ view }) => ({ view: { ...view, style: { ...view.style, ...change } } })),
    setSizeBy: (sizeBy) => store.setState(({ view }) => ({ view: { ...view, sizeBy } })),
  };
  return commands as Commands;
}
