/** Pointing at nodes: hover, click, add to the selection, box selection, drag. Gestures come from Cytoscape, hits from the painter. */
import type { Core, EventObject } from 'cytoscape';
import { useEffect } from 'react';
import type { Commands } from '../../state/types.ts';
import { pointsInPolygon } from '../palette/viewport.ts';
import { useCommands, useStoreApi } from '../useStore.ts';
import type { GraphPainter } from './graphPainter.ts';
import { createNodeDrag, type NodeDrag } from './nodeDrag.ts';

const isAdding = (event: EventObject): boolean => {
  const original: unknown = event.originalEvent;
  return original instanceof MouseEvent && (original.shiftKey || original.ctrlKey || original.metaKey);
};

interface PointerHandlers {
  move(event: EventObject): void;
  leave(): void;
  tap(event: EventObject): void;
  down(event: EventObject): void;
  up(): void;
  boxStart(): void;
  boxEnd(event: EventObject): void;
}

function pointerHandlers(
  painter: GraphPainter,
  commands: Commands,
  hover: (node: number | null) => void,
  drag: NodeDrag,
  canDrag: () => boolean,
): PointerHandlers {
  let downAt = { x: 0, y: 0 };
  let isBoxing = false;
  const nodeUnder = (event: EventObject): number | null => {
    const { x, y } = event.renderedPosition;
    return painter.frame.shown?.sample.nodes[painter.nodeAt(x, y)] ?? null;
  };
  return {
    move: (event) => {
      if (drag.move(event)) hover(null);
      else if (isBoxing) painter.setBox([downAt, event.renderedPosition]);
      else hover(nodeUnder(event));
    },
    leave: () => hover(null),
    tap: (event) => {
      const node = nodeUnder(event);
      if (node !== null) commands.select([node], isAdding(event));
      else if (!isAdding(event)) commands.select(null);
    },
    down: (event) => {
      downAt = event.renderedPosition;
      const slot = painter.nodeAt(downAt.x, downAt.y);
      if (slot >= 0 && !isAdding(event) && canDrag()) drag.grab(event, slot);
    },
    up: () => drag.release(),
    boxStart: () => {
      isBoxing = true;
      hover(null);
    },
    boxEnd: (event) => {
      isBoxing = false;
      painter.setBox(null);
      const { shown, points, viewport } = painter.frame;
      if (shown === null) return;
      const { x, y } = event.renderedPosition;
      const box = [
        [downAt.x, downAt.y],
        [x, downAt.y],
        [x, y],
        [downAt.x, y],
      ] as const;
      const inside = pointsInPolygon(points, viewport, box);
      const nodes = inside.map((slot) => shown.sample.nodes[slot] as number);
      if (nodes.length > 0) commands.select(nodes, true);
    },
  };
}

/** @param onArrange  told when a person starts to place nodes by hand; the same function across renders */
export function usePointer(core: Core | null, painter: GraphPainter | null, onArrange: () => void): void {
  const commands = useCommands();
  const store = useStoreApi();
  useEffect(() => {
    if (core === null || painter === null) return;
    const container = core.container();
    const hover = (node: number | null): void => {
      if (store.getState().selection.hovered !== node) commands.hover(node);
      if (container !== null) container.style.cursor = node === null ? 'default' : 'pointer';
    };
    const drag = createNodeDrag(core, painter, onArrange, (slot, x, y) => {
      const node = painter.frame.shown?.sample.nodes[slot];
      if (node !== undefined) commands.moveNode(node, x, y);
    });
    const canDrag = (): boolean => store.getState().view.layout.status !== 'running';
    const handlers = pointerHandlers(painter, commands, hover, drag, canDrag);
    const events = [
      ['mousemove', handlers.move],
      ['tap', handlers.tap],
      ['tapstart', handlers.down],
      ['tapend', handlers.up],
      ['boxstart', handlers.boxStart],
      ['boxend', handlers.boxEnd],
    ] as const;
    for (const [name, handle] of events) core.on(name, handle);
    container?.addEventListener('pointerleave', handlers.leave);
    return () => {
      for (const [name, handle] of events) core.off(name, handle);
      container?.removeEventListener('pointerleave', handlers.leave);
      if (store.getState().selection.hovered !== null) commands.hover(null);
    };
  }, [core, painter, commands, store, onArrange]);
}
