/** Keys while the graph has focus: walk, select, clear, pin, search, fit, zoom. The node walked to is the hovered one. */
import { useEffect, useEffectEvent, useState } from 'react';
import { bitsetIndices } from '../../core/bitset.ts';
import { useCommands, useStoreApi } from '../useStore.ts';
import type { GraphPainter } from './graphPainter.ts';
import { type Direction, neighbourTowards } from './keyboardWalk.ts';
import { screenPoint } from './paintGraph.ts';
import type { ViewportControl } from './useViewport.ts';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Listens on the stage; returns whether it has the focus. */
export function useGraphKeys(
  stage: HTMLElement | null,
  painter: GraphPainter | null,
  viewport: ViewportControl,
  focusSearch: () => void,
): boolean {
  const [hasFocus, setHasFocus] = useState(false);
  const commands = useCommands();
  const store = useStoreApi();

  function walk(direction: Direction): void {
    const frame = painter?.frame;
    if (frame === undefined || frame.shown === null || frame.points.length === 0) return;
    const { hovered, focused } = store.getState().selection;
    const from = frame.shown.slotOf[hovered ?? focused ?? -1] ?? -1;
    const to = from < 0 ? centralSlot() : neighbourTowards(frame.shown, frame.points, from, direction);
    if (to < 0) return;
    const { x, y } = screenPoint(frame, to);
    viewport.reveal(x, y, true);
    commands.hover(frame.shown.sample.nodes[to] as number);
  }

  function centralSlot(): number {
    const frame = painter?.frame;
    if (frame === undefined) return -1;
    let best = -1;
    let bestDistance = Infinity;
    for (let slot = 0; 2 * slot < frame.points.length; slot++) {
      const { x, y } = screenPoint(frame, slot);
      const distance = Math.hypot(x - frame.size.width / 2, y - frame.size.height / 2);
      if (distance < bestDistance) [best, bestDistance] = [slot, distance];
    }
    return best;
  }

  function clear(): boolean {
    const { hovered, selected } = store.getState().selection;
    if (hovered !== null) commands.hover(null);
    else if (selected !== null) commands.select(null);
    else return false;
    return true;
  }

  /** Pins the node walked to, else the selection. */
  function pin(): boolean {
    const { hovered, selected } = store.getState().selection;
    const nodes = hovered !== null ? [hovered] : selected === null ? [] : [...bitsetIndices(selected)];
    commands.togglePin(nodes);
    return nodes.length > 0;
  }

  /** True when the key was this view's. */
  function handle(key: string, isAdding: boolean): boolean {
    const direction = DIRECTIONS[key];
    if (direction !== undefined) {
      walk(direction);
      return true;
    }
    switch (key) {
      case 'Enter': {
        const { hovered } = store.getState().selection;
        if (hovered !== null) commands.select([hovered], isAdding);
        return hovered !== null;
      }
      case 'Escape':
        return clear();
      case '/':
        focusSearch();
        return true;
      case 'f':
      case 'F':
        viewport.fit();
        return true;
      case 'p':
      case 'P':
        return pin();
      case '+':
      case '=':
        viewport.zoomBy(1.25);
        return true;
      case '-':
        viewport.zoomBy(0.8);
        return true;
      default:
        return false;
    }
  }

  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!handle(event.key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    if (stage === null) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    stage.addEventListener('keydown', (event) => onKey(event), { signal });
    stage.addEventListener('focus', () => setHasFocus(true), { signal });
    stage.addEventListener('blur', () => setHasFocus(false), { signal });
    return () => listeners.abort();
  }, [stage]);
  return hasFocus;
}
