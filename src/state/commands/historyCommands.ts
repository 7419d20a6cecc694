/** Undo and redo as commands: takes the step, says which, and sets the layout going again where it was cut short. */
import { leadsTo, redoEdit, undoEdit } from '../history.ts';
import type { Edit, EditSide, SchemaCommands } from '../schemaTypes.ts';
import { type WorkbenchStore, patch } from '../store.ts';
import type { Commands } from '../types.ts';

export interface HistoryHooks {
  notify: Commands['notify'];
  /** The nodes of the run are no longer those of the graph. */
  abandonRun(): void;
  runLayout(): Promise<void>;
}

export function createHistoryCommands(
  store: WorkbenchStore,
  hooks: HistoryHooks,
): Pick<SchemaCommands, 'undo' | 'redo'> {
  forgetOtherGraphs(store);

  function take(step: () => Edit | null, verb: string, sideOf: (edit: Edit) => EditSide): void {
    const wasMoving = store.getState().view.layout.status === 'running';
    const edit = step();
    if (edit === null) return;
    const side = sideOf(edit);
    if (side.selection !== undefined) hooks.abandonRun();
    // A layout under way moves the nodes of the other version, or was cut short by the edit.
    const isUnplaced = side.positions === null;
    if (isUnplaced || (wasMoving && side.positions !== undefined)) void hooks.runLayout();
    hooks.notify({ severity: 'info', message: `${verb}: ${edit.label}.`, remedy: '', details: '' });
  }

  return {
    undo: () =>
      take(
        () => undoEdit(store),
        'Undone',
        ({ before }) => before,
      ),
    redo: () =>
      take(
        () => redoEdit(store),
        'Done again',
        ({ after }) => after,
      ),
  };
}

/** Another graph was opened: the way back to the one before, and what its dialogs waited for, are let go. */
function forgetOtherGraphs(store: WorkbenchStore): void {
  store.subscribe(({ data, history }, before) => {
    if (data.loaded === before.data.loaded || leadsTo(history, data.loaded)) return;
    store.setState({ history: { past: [], future: [] } });
    patch(store, 'schema', { dialog: null, conversion: null, built: null, added: null });
  });
}
