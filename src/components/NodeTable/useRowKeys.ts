/**
 * Selection from the table: click selects, Ctrl or Cmd adds, Shift takes the range; arrows move. A node focused in another
 * view is scrolled to.
 */
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { useCommands, useStore } from '../useStore.ts';

/** Ranges above this are cut: a selection is a list of indices here. */
const MAX_RANGE = 100_000;
const PAGE = 20;

interface RowScroller {
  scrollToIndex(position: number): void;
}

export function useRowKeys(rows: Int32Array, start: number, scroller: RowScroller) {
  const commands = useCommands();
  const focused = useStore((state) => state.selection.focused);
  const anchor = useRef<number | null>(null);
  const ownFocus = useRef<number | null>(null);

  const selectPosition = (position: number, add: boolean): void => {
    const row = rows[position];
    if (row === undefined) return;
    ownFocus.current = start + row;
    commands.select([start + row], add);
    scroller.scrollToIndex(position);
  };

  useEffect(() => {
    if (focused === null || focused === ownFocus.current) return;
    const position = rows.indexOf(focused - start);
    if (position >= 0) scroller.scrollToIndex(position);
  }, [focused, rows, start, scroller]);

  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-position]') : null;
    if (row === null) return;
    const position = Number(row.dataset.position);
    if (event.shiftKey && anchor.current !== null) {
      const from = Math.min(anchor.current, position);
      const range = rows.subarray(from, Math.min(Math.max(anchor.current, position) + 1, from + MAX_RANGE));
      ownFocus.current = start + (rows[position] as number);
      commands.select(Array.from(range, (row) => start + row));
      return;
    }
    anchor.current = position;
    selectPosition(position, event.ctrlKey || event.metaKey);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = focused === null ? -1 : rows.indexOf(focused - start);
    const next = nextPosition(event.key, at, rows.length);
    if (next === null) return;
    event.preventDefault();
    anchor.current = next;
    selectPosition(next, event.shiftKey);
  };

  return { onKeyDown, onClick };
}

function nextPosition(key: string, at: number, count: number): number | null {
  const clamp = (position: number): number => Math.max(0, Math.min(count - 1, position));
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return clamp(at - 1);
    case 'PageDown':
      return clamp(at + PAGE);
    case 'PageUp':
      return clamp(at - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return clamp(count - 1);
    default:
      return null;
  }
}
