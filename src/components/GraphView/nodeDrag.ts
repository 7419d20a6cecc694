/**
 * Dragging one node with the mouse. While it moves only the painter and the detail edges know; the store hears where it
 * was dropped. Fingers pan instead: on a phone there is hardly a place between nodes to pan by.
 */
import type { Core, EventObject } from 'cytoscape';
import type { GraphPainter } from './graphPainter.ts';
import { nodeElementId } from './toElements.ts';

/** A press that moves less is a click. */
const THRESHOLD_PX = 4;

export interface NodeDrag {
  /** Takes hold of the node under a press. */
  grab(event: EventObject, slot: number): void;
  /** Moves what is held; true while a node is being dragged. */
  move(event: EventObject): boolean;
  release(): void;
}

interface Held {
  readonly slot: number;
  readonly pressedAt: { readonly x: number; readonly y: number };
  /** From the pointer to the node's centre, so that it does not jump under the pointer. */
  readonly offset: { readonly x: number; readonly y: number };
  place: { readonly x: number; readonly y: number } | null;
}

/** @param onStart  once a drag has begun · @param onDrop  with the node's new place in graph units */
export function createNodeDrag(
  core: Core,
  painter: GraphPainter,
  onStart: () => void,
  onDrop: (slot: number, x: number, y: number) => void,
): NodeDrag {
  let held: Held | null = null;
  return {
    grab(event, slot) {
      const original: unknown = event.originalEvent;
      if (!(original instanceof MouseEvent) || original.button !== 0) return;
      const { points } = painter.frame;
      held = {
        slot,
        pressedAt: event.renderedPosition,
        offset: {
          x: (points[2 * slot] ?? 0) - event.position.x,
          y: (points[2 * slot + 1] ?? 0) - event.position.y,
        },
        place: null,
      };
      // Cytoscape decides on the next move whether to pan or to draw a box: neither, while a node is held.
      core.userPanningEnabled(false).boxSelectionEnabled(false);
    },
    move(event) {
      if (held === null) return false;
      const { slot, pressedAt, offset } = held;
      const { x, y } = event.renderedPosition;
      const isFirst = held.place === null;
      if (isFirst && Math.hypot(x - pressedAt.x, y - pressedAt.y) < THRESHOLD_PX) return false;
      if (isFirst) {
        painter.setLayoutMoving(true);
        onStart();
      }
      held.place = { x: event.position.x + offset.x, y: event.position.y + offset.y };
      painter.moveSlot(slot, held.place.x, held.place.y);
      core.getElementById(nodeElementId(slot)).position(held.place);
      return true;
    },
    release() {
      if (held === null) return;
      const { slot, place } = held;
      held = null;
      core.userPanningEnabled(true).boxSelectionEnabled(true);
      if (place === null) return;
      painter.setLayoutMoving(false);
      onDrop(slot, place.x, place.y);
    },
  };
}
