/**
 * Undo and redo of edits of the open graph. A step holds the values before and after it; taking it back puts the earlier
 * ones in place again. What a person chose since (a model, a parameter) is no part of the edit and stays. Pure, but for
 * `recordEdit`, `undoEdit` and `redoEdit`, which write the store.
 */
import { patch, type WorkbenchStore } from './store.ts';
import type { Edit, EditSide, HistorySlice } from './schemaTypes.ts';
import type { LoadedGraph, SetupSlice, WorkbenchState } from './types.ts';

/** Older steps are forgotten: each may hold a version of the edge table. */
export const MAX_STEPS = 50;

/** The step that undo would take back; null when none leads to what is open. */
export function undoableEdit({ history, data }: WorkbenchState): Edit | null {
  const last = history.past.at(-1);
  return last !== undefined && last.after.loaded === data.loaded ? last : null;
}

/** The step that redo would do again. */
export function redoableEdit({ history, data }: WorkbenchState): Edit | null {
  const next = history.future.at(-1);
  return next !== undefined && next.before.loaded === data.loaded ? next : null;
}

/** Puts an edit into effect and remembers it; what had been undone before can no longer be done again. */
export function recordEdit(store: WorkbenchStore, edit: Edit): void {
  const { past } = store.getState().history;
  const isNext = past.at(-1)?.after.loaded === edit.before.loaded;
  // First, so that whoever watches the graph finds the step that led to it.
  store.setState({ history: { past: [...(isNext ? past : []), edit].slice(-MAX_STEPS), future: [] } });
  show(store, edit.before, edit.after);
}

/** Takes the last edit back; null when there is none. */
export function undoEdit(store: WorkbenchStore): Edit | null {
  const state = store.getState();
  const edit = undoableEdit(state);
  if (edit === null) return null;
  const { past, future } = state.history;
  const undone = { ...edit, after: currentSide(state, edit.after) };
  store.setState({ history: { past: past.slice(0, -1), future: [...future, undone] } });
  show(store, edit.after, edit.before);
  return edit;
}

/** Does the edit again that was undone last; null when there is none. */
export function redoEdit(store: WorkbenchStore): Edit | null {
  const state = store.getState();
  const edit = redoableEdit(state);
  if (edit === null) return null;
  const { past, future } = state.history;
  const done = { ...edit, before: currentSide(state, edit.before) };
  store.setState({ history: { past: [...past, done], future: future.slice(0, -1) } });
  show(store, edit.before, edit.after);
  return edit;
}

/** Whether the history leads to that graph or from it. */
export function leadsTo({ past, future }: HistorySlice, loaded: LoadedGraph | null): boolean {
  if (loaded === null) return false;
  return past.at(-1)?.after.loaded === loaded || future.at(-1)?.before.loaded === loaded;
}

/** The side as it is left now: nodes may have been moved and selected since. */
function currentSide({ view, selection }: WorkbenchState, side: EditSide): EditSide {
  return {
    ...side,
    ...(side.positions === undefined ? {} : { positions: view.positions }),
    ...(side.selection === undefined ? {} : { selection }),
  };
}

function show(store: WorkbenchStore, from: EditSide, to: EditSide): void {
  const { setup, view, selection } = store.getState();
  // One update: no subscriber sees the columns of one version with the set-up of the other.
  store.setState({
    data: { ...store.getState().data, loaded: to.loaded },
    setup: withChanges(setup, from.setup, to.setup),
    view: {
      ...view,
      colourBy: view.colourBy === from.colourBy ? to.colourBy : view.colourBy,
      ...(to.positions === undefined ? {} : { positions: to.positions }),
    },
    selection: to.selection === undefined ? selection : { ...to.selection, hovered: null },
  });
  patch(store, 'schema', { added: null });
}

/** Returns the set-up with the fields that differ between the two sides as they are on the second. */
export function withChanges(current: SetupSlice, from: SetupSlice, to: SetupSlice): SetupSlice {
  const changed = (Object.keys(to) as (keyof SetupSlice)[]).filter((field) => from[field] !== to[field]);
  return { ...current, ...Object.fromEntries(changed.map((field) => [field, to[field]])) };
}
