/** Listens for the keys of `shortcuts.ts` and carries them out. Views handle their own keys first. */
import { useEffect } from 'react';
import { primaryAction } from '../TopBar/runActions.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands, useStoreApi } from '../useStore.ts';
import { type KeyAction, type KeyPress, keyAction } from './shortcuts.ts';

export function useShortcuts(): void {
  const store = useStoreApi();
  const commands = useCommands();
  const overlay = useOverlay();
  useEffect(() => {
    const perform = (action: KeyAction): void => {
      const state = store.getState();
      switch (action.kind) {
        case 'primary': {
          const primary = primaryAction(state.run.status.kind);
          if (state.data.loaded !== null && state.catalogue.engine !== null) void commands[primary]();
          return;
        }
        case 'step':
          if (state.run.status.kind === 'paused') void commands.step();
          return;
        case 'clear':
          commands.select(null);
          return;
        case 'view':
          commands.setTab(action.tab);
          return;
        case 'undo':
          commands.undo();
          return;
        case 'redo':
          commands.redo();
          return;
        case 'commands':
          overlay.show('commands');
          return;
        case 'sheet':
          overlay.show('shortcuts');
          return;
        default:
          action satisfies never;
      }
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = keyAction(pressOf(event));
      if (action === null || (store.getState().data.loaded === null && action.kind !== 'sheet')) return;
      // Escape also closes menus and dialogs: it is shared, not taken.
      if (action.kind !== 'clear') event.preventDefault();
      perform(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, commands, overlay]);
}

function pressOf(event: KeyboardEvent): KeyPress {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return {
    key: event.key,
    hasCommandKey: event.ctrlKey || event.metaKey,
    hasAlt: event.altKey,
    hasShift: event.shiftKey,
    isTyping: target?.matches('input:not([type=checkbox]), textarea, select, [contenteditable]') ?? false,
    isInViews: target === null || target === document.body || target.closest('[data-views]') !== null,
    isOnControl: target?.closest('button, a, summary, [role=tab], [role=menuitem], [role=option]') !== null,
  };
}
