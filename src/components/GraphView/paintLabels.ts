/** Names beside nodes: the selected ones, then the most important up to the budget. A name never covers another. */
import { hasOnlyNumbers, nodeName } from './nodeName.ts';
import { type GraphFrame, screenPoint } from './paintGraph.ts';
import { EMPHASIS, type ShownGraph } from './shownGraph.ts';

/** More names of selected nodes than this are noise. */
const MAX_SELECTED = 60;
/** Of names that found no room, so many more are tried before the rest is given up: measuring text takes time. */
const TRIES_PER_NAME = 4;
const MAX_NAME_LENGTH = 28;
/** Bare numbers are written beside nodes of small graphs only. */
const MAX_NUMBERED = 200;
export const LABEL_FONT = '500 11px "Inter Variable", Inter, system-ui, sans-serif';
export const LABEL_HEIGHT_PX = 13;
const GAP_PX = 4;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A name and where it goes: centred on x, CSS px. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly top: number;
}

function isInView(frame: GraphFrame, slot: number): boolean {
  const { x, y } = screenPoint(frame, slot);
  return x >= 0 && y >= 0 && x <= frame.size.width && y <= frame.size.height;
}

/** Candidates, most important first: the selected, then what is not dimmed in order of importance. O(N) shown. */
export function labelledSlots(frame: GraphFrame): number[] {
  const { nameOrder, nameBudget, emphasis } = frame;
  const selected: number[] = [];
  const others: number[] = [];
  const maxOthers = nameBudget * TRIES_PER_NAME;
  for (const slot of nameOrder) {
    const strength = emphasis?.[slot];
    if (strength === EMPHASIS.dimmed || 2 * slot >= frame.points.length) continue;
    const isChosen = strength === EMPHASIS.selected;
    if (isChosen ? selected.length >= MAX_SELECTED : others.length >= maxOthers) continue;
    if (isInView(frame, slot)) (isChosen ? selected : others).push(slot);
  }
  return [...selected, ...others];
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Returns the names that have room. @param widthOf  width of a text in `LABEL_FONT`, CSS px */
export function placeLabels(
  frame: GraphFrame,
  shown: ShownGraph,
  widthOf: (text: string) => number,
): readonly PlacedLabel[] {
  const boxes: Box[] = [];
  const placed: PlacedLabel[] = [];
  let numOthers = 0;
  const isNoise = shown.sample.nodes.length > MAX_NUMBERED && hasOnlyNumbers(shown.graph, frame.nameBy);
  const budget = isNoise ? 0 : frame.nameBudget;
  for (const slot of labelledSlots(frame)) {
    const isChosen = frame.emphasis?.[slot] === EMPHASIS.selected;
    if (!isChosen && numOthers >= budget) break;
    const { x, y, radius } = screenPoint(frame, slot);
    const text = nodeName(shown.graph, shown.sample.nodes[slot] as number, MAX_NAME_LENGTH, frame.nameBy);
    const top = y + radius + GAP_PX;
    const half = widthOf(text) / 2 + 2;
    const box = { left: x - half, right: x + half, top, bottom: top + LABEL_HEIGHT_PX };
    if (boxes.some((other) => overlaps(box, other))) continue;
    boxes.push(box);
    placed.push({ text, x, top });
    if (!isChosen) numOthers += 1;
  }
  return placed;
}

export function paintLabels(context: CanvasRenderingContext2D, frame: GraphFrame, shown: ShownGraph): void {
  context.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
  context.font = LABEL_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = frame.theme.background;
  context.fillStyle = frame.theme.text;
  for (const { text, x, top } of placeLabels(frame, shown, (name) => context.measureText(name).width)) {
    context.strokeText(text, x, top);
    context.fillText(text, x, top);
  }
}
