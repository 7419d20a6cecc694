/** Files dropped or pasted anywhere on the window are opened; while they hover, the window says so. */
import { useEffect, useState } from 'react';
import { serialiseError } from '../../core/errors.ts';
import { useCommands } from '../useStore.ts';
import { filesOfDrop } from './collectFiles.ts';
import classes from './EmptyState.module.css';
import { usePasteToOpen } from './usePasteToOpen.ts';

export function DropOverlay() {
  const commands = useCommands();
  const [isOver, setOver] = useState(false);
  usePasteToOpen();
  useEffect(() => {
    const listeners = new AbortController();
    const on = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      handle: (event: DragEvent) => void,
    ): void => window.addEventListener(type, handle, { signal: listeners.signal });
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const hover = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    on('dragenter', hover);
    on('dragover', hover);
    // Leaving the window has no related target; moving between elements has one.
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      filesOfDrop(event.dataTransfer)
        .then((files) => commands.openFiles(files))
        .catch((thrown: unknown) => {
          const { message, stack } = serialiseError(thrown);
          const remedy =
            'Check that the files are still there and that you may read them, then drop them again.';
          commands.notify({ severity: 'error', message, remedy, details: stack ?? '' });
        });
    });
    return () => listeners.abort();
  }, [commands]);
  return isOver ? <div className={classes.dropOverlay}>Drop to open</div> : null;
}
