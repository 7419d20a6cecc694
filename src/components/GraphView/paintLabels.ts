/** Names beside nodes: the selected ones, and everything in view once little enough is. A name never covers another. */
import { nodeName } from './nodeName.ts';
import { type GraphFrame, screenPoint } from './paintGraph.ts';
import { EMPHASIS, type ShownGraph } from './shownGraph.ts';

/** More names than this in view are noise. */
const MAX_LABELS = 60;
const LABEL_FONT = '500 11px "Inter Variable", Inter, system-ui, sans-serif';
const LABEL_HEIGHT_PX = 13;
const GAP_PX = 4;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Candidates, most important first: the selected, then, in a sparse view, the rest that is not dimmed. O(N) shown. */
export function labelledSlots(frame: GraphFrame): number[] {
  const selected: number[] = [];
  const others: number[] = [];
  for (let slot = 0; 2 * slot < frame.points.length; slot++) {
    const { x, y } = screenPoint(frame, slot);
    if (x < 0 || y < 0 || x > frame.size.width || y > frame.size.height) continue;
    const strength = frame.emphasis?.[slot];
    if (strength === EMPHASIS.selected) selected.push(slot);
    else if (strength !== EMPHASIS.dimmed) others.push(slot);
  }
  const isSparse = selected.length + others.length <= MAX_LABELS;
  return [...selected.slice(0, MAX_LABELS), ...(isSparse ? others : [])];
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export function paintLabels(context: CanvasRenderingContext2D, frame: GraphFrame, shown: ShownGraph): void {
  context.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
  context.font = LABEL_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  const placed: Box[] = [];
  for (const slot of labelledSlots(frame)) {
    const { x, y, radius } = screenPoint(frame, slot);
    const text = nodeName(shown.graph, shown.sample.nodes[slot] as number, 28);
    const top = y + radius + GAP_PX;
    const half = context.measureText(text).width / 2 + 2;
    const box = { left: x - half, right: x + half, top, bottom: top + LABEL_HEIGHT_PX };
    if (placed.some((other) => overlaps(box, other))) continue;
    placed.push(box);
    context.strokeStyle = frame.theme.background;
    context.strokeText(text, x, top);
    context.fillStyle = frame.theme.text;
    context.fillText(text, x, top);
  }
}
