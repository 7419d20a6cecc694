/** Pointer and keys on the embedding: pan, zoom, click, lasso with Shift, double click to see all. */
import { useEffect } from 'react';
import type { Commands } from '../../state/types.ts';
import { pointsInPolygon, zoomAt } from '../palette/viewport.ts';
import { useCommands, useStoreApi } from '../useStore.ts';
import type { EmbeddingPainter } from './embeddingPainter.ts';

const CLICK_PX = 4;
const KEY_PAN_PX = 40;
const WHEEL_LINE_PX = 16;
/** Largest step of one wheel event, so that a coarse wheel zooms as calmly as a touchpad. */
const MAX_WHEEL_PX = 120;
const ZOOM_PER_PX = 0.004;

type Corner = readonly [number, number];

interface Drag {
  readonly fromX: number;
  readonly fromY: number;
  lastX: number;
  lastY: number;
  hasMoved: boolean;
  /** Corners of the lasso; null while panning. */
  readonly lasso: Corner[] | null;
}

export function useEmbeddingGestures(element: HTMLElement | null, painter: EmbeddingPainter | null): void {
  const commands = useCommands();
  const store = useStoreApi();
  useEffect(() => {
    if (element === null || painter === null) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    const hover = (node: number | null): void => {
      if (store.getState().selection.hovered !== node) commands.hover(node);
      element.style.cursor = node === null ? 'default' : 'pointer';
    };
    const drags = dragHandlers(element, painter, commands, hover);
    element.addEventListener('pointerdown', drags.down, { signal });
    element.addEventListener('pointermove', drags.move, { signal });
    element.addEventListener('pointerup', drags.up, { signal });
    element.addEventListener('pointercancel', drags.cancel, { signal });
    element.addEventListener('pointerleave', () => hover(null), { signal });
    element.addEventListener('dblclick', () => painter.reset(), { signal });
    element.addEventListener('wheel', (event) => zoomByWheel(event, painter), { signal, passive: false });
    element.addEventListener(
      'keydown',
      (event) => {
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
        const hasSelection = store.getState().selection.selected !== null;
        if (!isPlain || !pressed(event.key, element, painter, commands, hasSelection)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { signal },
    );
    return () => listeners.abort();
  }, [element, painter, commands, store]);
}

function zoomByWheel(event: WheelEvent, painter: EmbeddingPainter): void {
  event.preventDefault();
  const isLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
  const pixels = isLines ? event.deltaY * WHEEL_LINE_PX : event.deltaY;
  const factor = Math.exp(-Math.max(-MAX_WHEEL_PX, Math.min(MAX_WHEEL_PX, pixels)) * ZOOM_PER_PX);
  painter.setViewport(zoomAt(painter.viewport, factor, event.offsetX, event.offsetY));
}

interface DragHandlers {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
  cancel(): void;
}

function dragHandlers(
  element: HTMLElement,
  painter: EmbeddingPainter,
  commands: Commands,
  hover: (node: number | null) => void,
): DragHandlers {
  let drag: Drag | null = null;
  const nodeAt = (x: number, y: number): number | null => {
    const index = painter.pointAt(x, y);
    return painter.nodes[index] ?? null;
  };
  return {
    down: (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      const { offsetX: x, offsetY: y } = event;
      const lasso: Corner[] | null = event.shiftKey ? [[x, y]] : null;
      drag = { fromX: x, fromY: y, lastX: x, lastY: y, hasMoved: false, lasso };
    },
    move: ({ offsetX: x, offsetY: y }) => {
      if (drag === null) {
        hover(nodeAt(x, y));
        return;
      }
      drag.hasMoved ||= Math.hypot(x - drag.fromX, y - drag.fromY) > CLICK_PX;
      if (drag.lasso !== null) {
        drag.lasso.push([x, y]);
        painter.setLasso(drag.lasso);
      } else if (drag.hasMoved) {
        const { viewport } = painter;
        painter.setViewport({ ...viewport, x: viewport.x + x - drag.lastX, y: viewport.y + y - drag.lastY });
      }
      drag.lastX = x;
      drag.lastY = y;
    },
    up: (event) => {
      const ended = drag;
      drag = null;
      painter.setLasso([]);
      if (ended === null) return;
      const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
      if (!ended.hasMoved) {
        const node = nodeAt(event.offsetX, event.offsetY);
        if (node !== null) commands.select([node], isAdding);
        else if (!isAdding) commands.select(null);
      } else if (ended.lasso !== null) {
        const inside = pointsInPolygon(painter.points, painter.viewport, ended.lasso);
        if (inside.length > 0) commands.select(inside.map((index) => painter.nodes[index] as number));
      }
    },
    cancel: () => {
      drag = null;
      painter.setLasso([]);
    },
  };
}

/** True when the key was this view's. */
function pressed(
  key: string,
  element: HTMLElement,
  painter: EmbeddingPainter,
  commands: Commands,
  hasSelection: boolean,
): boolean {
  const { viewport } = painter;
  const zoom = (factor: number): void =>
    painter.setViewport(zoomAt(viewport, factor, element.clientWidth / 2, element.clientHeight / 2));
  const pan = (dx: number, dy: number): void =>
    painter.setViewport({ ...viewport, x: viewport.x + dx, y: viewport.y + dy });
  const actions: Readonly<Record<string, () => void>> = {
    f: () => painter.reset(),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    ArrowLeft: () => pan(KEY_PAN_PX, 0),
    ArrowRight: () => pan(-KEY_PAN_PX, 0),
    ArrowUp: () => pan(0, KEY_PAN_PX),
    ArrowDown: () => pan(0, -KEY_PAN_PX),
    ...(hasSelection ? { Escape: () => commands.select(null) } : {}),
  };
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  action?.();
  return action !== undefined;
}
