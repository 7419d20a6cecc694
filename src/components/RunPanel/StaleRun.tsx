/** Says that the run was trained on another version of the data than is open: its numbers stand, its marks are not shown. */
import { descriptionFor } from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import classes from './RunPanel.module.css';

/** @param isShort  there is room for two words only */
export function StaleRun({ isShort = false }: { readonly isShort?: boolean }) {
  const isStale = useStore(
    ({ data, run }) =>
      data.loaded !== null && run.description !== null && descriptionFor(data.loaded.graph, run) === null,
  );
  if (!isStale) return null;
  return (
    <p className={classes.stale} title="Undo the edits to see its predictions again, or train anew.">
      {isShort ? 'Earlier version' : 'On an earlier version of the data'}
    </p>
  );
}
