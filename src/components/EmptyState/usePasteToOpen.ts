/** Text or files pasted on the page, not into a field, are opened like dropped ones. */
import { useEffect } from 'react';
import { looksLikeData } from '../../state/pastedFile.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands, useStoreApi } from '../useStore.ts';
import { filesOfInput } from './collectFiles.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';

export function usePasteToOpen(): void {
  const commands = useCommands();
  const store = useStoreApi();
  const { open } = useOverlay();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData, target } = event;
      const isInField = target instanceof Element && target.closest(FIELDS) !== null;
      // A dialog that is open comes first.
      const isBusy = open !== null || store.getState().data.importDialog !== null;
      if (clipboardData === null || isInField || isBusy) return;
      const text = clipboardData.getData('text/plain');
      if (clipboardData.files.length > 0) {
        event.preventDefault();
        void commands.openFiles(filesOfInput(clipboardData.files));
      } else if (looksLikeData(text)) {
        event.preventDefault();
        void commands.openText(text);
      }
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [commands, store, open]);
}
