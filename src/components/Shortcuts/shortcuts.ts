/** The keys, in one list: the sheet shows it and the listener follows it. Pure. */
import { VIEW_IDS } from './viewIds.ts';
import type { ViewTab } from '../../state/types.ts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly what: string;
  /** Where a single-key command acts; null = everywhere. */
  readonly where: 'views' | 'graph' | 'table' | null;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Space'], what: 'Train, pause or resume', where: 'views' },
  { keys: ['.'], what: 'One epoch, while paused', where: 'views' },
  { keys: ['Esc'], what: 'Clear the selection', where: 'views' },
  { keys: ['1', '…', '4'], what: 'Graph, embedding, table, evaluation', where: 'views' },
  { keys: ['/'], what: 'Search nodes', where: 'graph' },
  { keys: ['F'], what: 'Fit the graph to the window', where: 'graph' },
  { keys: ['P'], what: 'Pin the node you are at, or the selection', where: 'graph' },
  { keys: ['←', '↑', '→', '↓'], what: 'Walk to a neighbour', where: 'graph' },
  { keys: ['Enter'], what: 'Select the row and look at it', where: 'table' },
  { keys: ['Space'], what: 'Add the row to the selection, or take it away', where: 'table' },
  { keys: ['Shift', '↑', '↓'], what: 'Select the range of rows', where: 'table' },
  { keys: ['Shift', '←', '→'], what: 'Make the column narrower, wider', where: 'table' },
  { keys: ['Ctrl', 'C'], what: 'Copy the selected rows, or the cell', where: 'table' },
  { keys: ['Ctrl', 'K'], what: 'All commands', where: null },
  { keys: ['Ctrl', 'Z'], what: 'Undo the last edit of the data', where: null },
  { keys: ['Ctrl', 'Shift', 'Z'], what: 'Do it again', where: null },
  { keys: ['?'], what: 'This sheet', where: null },
];

export type KeyAction =
  | { readonly kind: 'primary' }
  | { readonly kind: 'step' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'view'; readonly tab: ViewTab }
  | { readonly kind: 'commands' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'sheet' };

export interface KeyPress {
  readonly key: string;
  readonly hasCommandKey: boolean;
  readonly hasAlt: boolean;
  readonly hasShift: boolean;
  /** Focus is in a field that takes text. */
  readonly isTyping: boolean;
  /** Focus is in the views area, or nowhere. */
  readonly isInViews: boolean;
  /** Focus is on a control that Space or a letter operates itself. */
  readonly isOnControl: boolean;
}

/** Returns what a key press asks for; null when it is somebody else's. Single keys act only in the views. */
export function keyAction(press: KeyPress): KeyAction | null {
  if (press.hasCommandKey) return press.hasAlt ? null : commandKeyAction(press);
  if (press.isTyping || press.hasAlt) return null;
  if (press.key === '?') return { kind: 'sheet' };
  if (!press.isInViews) return null;
  switch (press.key) {
    case ' ':
      return press.isOnControl ? null : { kind: 'primary' };
    case '.':
      return { kind: 'step' };
    case 'Escape':
      return { kind: 'clear' };
    default: {
      const tab = VIEW_IDS[Number(press.key) - 1];
      return tab === undefined ? null : { kind: 'view', tab };
    }
  }
}

function commandKeyAction({ key, hasShift, isTyping }: KeyPress): KeyAction | null {
  const letter = key.toLowerCase();
  if (letter === 'k') return { kind: 'commands' };
  // A field undoes its own typing.
  if (isTyping) return null;
  if (letter === 'z') return hasShift ? { kind: 'redo' } : { kind: 'undo' };
  return letter === 'y' ? { kind: 'redo' } : null;
}
