/** The store: one vanilla Zustand value and typed updates of one slice at a time. No React, no logic. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyCurves } from './curves.ts';
import { DEFAULT_LAYOUT } from './layoutChoice.ts';
import { NO_PROJECTION } from './projectionTypes.ts';
import { DEFAULT_PRESET } from './runParameters.ts';
import type { SchemaSlice } from './schemaTypes.ts';
import type { EstimateSlice, WorkbenchState } from './types.ts';
import { DEFAULT_STYLE } from './viewStyle.ts';

export type WorkbenchStore = StoreApi<WorkbenchState>;

export function createWorkbenchStore(): WorkbenchStore {
  return createStore<WorkbenchState>(() => ({
    data: { loaded: null, loading: null, importDialog: null, examplesOpen: false },
    catalogue: { engine: null, io: null, layouts: null },
    compute: { requested: 'auto', status: 'starting', choice: null, error: null },
    setup: {
      task: 'node-classification',
      nodeType: null,
      target: null,
      model: 'gcn',
      preset: DEFAULT_PRESET,
      split: 'auto',
      features: 'auto',
      edgeWeight: null,
      seed: 0,
      parameters: {},
    },
    estimate: NO_ESTIMATE,
    run: idleRun(),
    view: {
      tab: 'graph',
      split: false,
      colourBy: 'label',
      sizeBy: 'degree',
      style: DEFAULT_STYLE,
      stylePresets: [],
      positions: null,
      layout: { status: 'idle', iteration: 0 },
      layoutId: DEFAULT_LAYOUT,
      layoutValues: {},
      pinned: null,
    },
    selection: { selected: null, focused: null, hovered: null },
    notices: { notices: [] },
    schema: NO_SCHEMA,
    history: { past: [], future: [] },
    projection: NO_PROJECTION,
  }));
}

export const NO_ESTIMATE: EstimateSlice = { isPending: false, estimate: null, error: null };

const NO_SCHEMA: SchemaSlice = {
  catalogue: null,
  dialog: null,
  work: null,
  error: null,
  conversion: null,
  built: null,
  added: null,
  summary: { status: 'idle', summary: null, error: null },
};

export function idleRun(): WorkbenchState['run'] {
  return {
    status: { kind: 'idle' },
    description: null,
    curves: emptyCurves(),
    lastEpoch: null,
    snapshot: null,
    result: null,
    learningRate: null,
    baseLearningRate: null,
    recipe: null,
  };
}

/** Replaces fields of one slice; untouched slices keep their identity, so their subscribers stay asleep. */
export function patch<Name extends keyof WorkbenchState>(
  store: WorkbenchStore,
  name: Name,
  change: Partial<WorkbenchState[Name]>,
): void {
  store.setState((state) => ({ [name]: { ...state[name], ...change } }) as Pick<WorkbenchState, Name>);
}
