/** Draws one frame of the graph on 2-D canvases. Reads the frame and changes nothing but pixels; the image export uses it too. */
import { type Bitset, hasBit } from '../../core/bitset.ts';
import type { NameBy } from '../../state/viewStyle.ts';
import type { CanvasTheme } from '../palette/canvasTheme.ts';
import { type EdgeGroup, type EdgeMarks, WIDTH_PX } from '../palette/edgeMarks.ts';
import { cssOf } from '../palette/palette.ts';
import { paintPoints } from '../palette/pointPainter.ts';
import { DIMMED_ALPHA } from '../palette/stampPoints.ts';
import type { Size, Viewport } from '../palette/viewport.ts';
import type { Ring } from './colourFade.ts';
import { edgeAlpha } from './nodeSize.ts';
import { paintLabels } from './paintLabels.ts';
import { edgesAt, EMPHASIS, type ShownGraph } from './shownGraph.ts';

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Edges that Cytoscape draws between the two canvases: all of them, those of the selection, or none. */
export interface DetailShown {
  readonly isWhole: boolean;
  readonly hasEdges: boolean;
}

/** Edges of one colour and width. */
export interface EdgePath extends EdgeGroup {
  readonly path: Path2D;
  /** False where so many edges are wide that drawing them so would take too long: they are told by strength instead. */
  readonly isWide: boolean;
}

export interface GraphFrame {
  readonly shown: ShownGraph | null;
  /** [2 slots], empty before the first layout frame. */
  readonly points: Float32Array;
  readonly rgba: Uint32Array;
  readonly shape: Uint8Array;
  readonly radius: Float32Array;
  readonly emphasis: Uint8Array | null;
  readonly hoveredSlot: number;
  /** Over global node indices; null = none. */
  readonly pinned: Bitset | null;
  readonly rings: readonly Ring[];
  /** Slots by importance, the most important first: in whose order names are drawn. */
  readonly nameOrder: Int32Array;
  readonly nameBudget: number;
  readonly nameBy: NameBy;
  /** Colours and widths of edges; null = all alike. */
  readonly edgeMarks: EdgeMarks | null;
  /** All edges in graph coordinates. */
  readonly edges: readonly EdgePath[] | null;
  /** Fewer edges for while things move; the same paths when there are few. */
  readonly movingEdges: readonly EdgePath[] | null;
  readonly viewport: Viewport;
  readonly fittedZoom: number;
  readonly radiusScale: number;
  readonly size: Size;
  readonly dpr: number;
  readonly theme: CanvasTheme;
  /** Panning, zooming or the layout at work: fewer edges and no labels. */
  readonly isMoving: boolean;
  readonly detail: DetailShown;
  /** Opposite corners of the selection box being drawn, CSS px. */
  readonly box: readonly [Corner, Corner] | null;
}

/** Highlighted edges beyond these would hide what they explain. */
export const MAX_HIGHLIGHT_EDGES = 600;

/** Wide lines are outlined as polygons, about 30 µs each in Chromium without a GPU: these take a frame or two. */
const MAX_WIDE_EDGES = 1200;
const PLAIN_EDGES: EdgeGroup = { css: null, widthPx: null };

/** Returns every `step`-th edge in graph coordinates, a path per group, thin ones first. O(E): 1 ms per 10,000 edges. */
export function traceEdges(
  shown: ShownGraph,
  points: Float32Array,
  step: number,
  marks: EdgeMarks | null,
): readonly EdgePath[] | null {
  if (points.length === 0) return null;
  const groups = marks?.groups ?? [PLAIN_EDGES];
  const paths = groups.map(() => new Path2D());
  const counts = new Int32Array(groups.length);
  for (let edge = 0; edge < shown.source.length; edge += step) {
    const group = marks?.groupOf[shown.sample.edges[edge] as number] ?? 0;
    counts[group] = (counts[group] as number) + 1;
    traceEdge(paths[group] as Path2D, shown, points, edge);
  }
  const widthOf = (group: number): number => groups[group]?.widthPx ?? 0;
  const widestFirst = groups.map((_, group) => group).sort((a, b) => widthOf(b) - widthOf(a));
  let numWide = 0;
  const edges = widestFirst.map((group): EdgePath => {
    numWide += counts[group] as number;
    const isWide = widthOf(group) > 0 && numWide <= MAX_WIDE_EDGES;
    return { ...(groups[group] as EdgeGroup), path: paths[group] as Path2D, isWide };
  });
  return edges.toReversed();
}

function traceEdge(path: Path2D, shown: ShownGraph, points: Float32Array, edge: number): void {
  const source = shown.source[edge] as number;
  const target = shown.target[edge] as number;
  path.moveTo(points[2 * source] as number, points[2 * source + 1] as number);
  path.lineTo(points[2 * target] as number, points[2 * target + 1] as number);
}

function toGraphCoordinates(context: CanvasRenderingContext2D, { viewport, dpr }: GraphFrame): void {
  const scale = viewport.zoom * dpr;
  context.setTransform(scale, 0, 0, scale, viewport.x * dpr, viewport.y * dpr);
}

/**
 * Device pixels. NOTE: above 1 (even by rounding) Chromium outlines every line as a polygon: 40,000 take 1,300 ms
 * instead of 30.
 */
const HAIRLINE_PX = 0.95;

/** Background and edges. */
export function paintEdges(canvas: HTMLCanvasElement, frame: GraphFrame): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = frame.theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const edges = frame.isMoving ? frame.movingEdges : frame.edges;
  if (edges === null || frame.shown === null || frame.detail.isWhole) return;
  const { viewport, dpr } = frame;
  toGraphCoordinates(context, frame);
  for (const group of edges) {
    const isWide = group.isWide && !frame.isMoving;
    context.globalAlpha = edgeOpacity(frame, frame.shown, group, isWide);
    context.strokeStyle = group.css ?? frame.theme.edge;
    const widthPx = isWide ? (group.widthPx ?? 1) * dpr : hairlinePx(frame, frame.shown);
    context.lineWidth = widthPx / (viewport.zoom * dpr);
    context.stroke(group.path);
  }
  context.globalAlpha = 1;
}

/** Edges that may be drawn with the slower lines in a picture of high resolution, where a hairline would be lost. */
const MAX_THICK_EDGES = 5000;

const hairlinePx = ({ dpr }: GraphFrame, { source }: ShownGraph): number =>
  dpr > 2 && source.length <= MAX_THICK_EDGES ? dpr / 2 : HAIRLINE_PX;

/** Colours need more strength than plain edges to be told apart; a width that cannot be drawn becomes strength. */
export function edgeOpacity(
  { viewport, fittedZoom, dpr, emphasis }: GraphFrame,
  shown: ShownGraph,
  { css, widthPx }: EdgeGroup,
  isWide: boolean,
): number {
  const plain = edgeAlpha(shown.source.length, viewport.zoom / fittedZoom, dpr);
  const coloured = css === null ? plain : Math.min(0.85, Math.max(0.25, 1.7 * plain));
  const share = widthPx === null || isWide ? 1 : 0.35 + (0.65 * widthPx) / WIDTH_PX.max;
  return coloured * share * (emphasis === null ? 1 : 2 * DIMMED_ALPHA);
}

/** Nodes, rings and labels on a cleared canvas. */
export function paintNodes(canvas: HTMLCanvasElement, frame: GraphFrame): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  paintNodesOver(context, frame);
}

/** Nodes, rings and labels over what the canvas already shows. */
export function paintNodesOver(context: CanvasRenderingContext2D, frame: GraphFrame): void {
  if (frame.shown === null || frame.points.length === 0) return;
  paintHighlightedEdges(context, frame, frame.shown);
  paintPoints(context, frame, frame.viewport, {
    dpr: frame.dpr,
    isDark: frame.theme.isDark,
    background: frame.theme.background,
    radiusScale: frame.radiusScale,
  });
  paintRings(context, frame);
  paintPins(context, frame, frame.shown);
  if (!frame.isMoving) paintLabels(context, frame, frame.shown);
  paintBox(context, frame);
}

function paintBox(context: CanvasRenderingContext2D, { box, dpr, theme }: GraphFrame): void {
  if (box === null) return;
  const [from, to] = box;
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  context.fillStyle = theme.accent;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.globalAlpha = DIMMED_ALPHA;
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.globalAlpha = 1;
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
}

function paintHighlightedEdges(
  context: CanvasRenderingContext2D,
  frame: GraphFrame,
  shown: ShownGraph,
): void {
  const { hoveredSlot } = frame;
  const emphasis = frame.detail.hasEdges ? null : frame.emphasis;
  if (emphasis === null && hoveredSlot < 0) return;
  const isEnd = (slot: number): boolean => slot === hoveredSlot || emphasis?.[slot] === EMPHASIS.selected;
  const edges = edgesAt(shown, isEnd, MAX_HIGHLIGHT_EDGES);
  if (edges.length === 0) return;
  const path = new Path2D();
  for (const edge of edges) traceEdge(path, shown, frame.points, edge);
  context.save();
  toGraphCoordinates(context, frame);
  context.globalAlpha = Math.max(0.3, Math.min(0.85, 12 / Math.sqrt(edges.length)));
  context.strokeStyle = frame.theme.edge;
  context.lineWidth = 1 / frame.viewport.zoom;
  context.stroke(path);
  context.restore();
}

export function screenPoint(frame: GraphFrame, slot: number): { x: number; y: number; radius: number } {
  const { points, viewport } = frame;
  return {
    x: (points[2 * slot] as number) * viewport.zoom + viewport.x,
    y: (points[2 * slot + 1] as number) * viewport.zoom + viewport.y,
    radius: (frame.radius[slot] ?? 0) * frame.radiusScale,
  };
}

/** A pin: a dot in the middle of the disc with a rim that stands out from every colour. */
function paintPins(context: CanvasRenderingContext2D, frame: GraphFrame, shown: ShownGraph): void {
  const { pinned } = frame;
  if (pinned === null) return;
  context.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
  context.fillStyle = frame.theme.text;
  context.strokeStyle = frame.theme.background;
  context.lineWidth = 1.5;
  shown.sample.nodes.forEach((node, slot) => {
    if (!hasBit(pinned, node)) return;
    const { x, y, radius } = screenPoint(frame, slot);
    circle(context, x, y, Math.max(2, radius * 0.4));
    context.fill();
  });
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function paintRings(context: CanvasRenderingContext2D, frame: GraphFrame): void {
  context.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
  context.lineWidth = 1.5;
  for (const { slot, age } of frame.rings) {
    const { x, y, radius } = screenPoint(frame, slot);
    context.globalAlpha = 1 - age;
    context.strokeStyle = cssOf(frame.rgba[slot] as number);
    circle(context, x, y, radius + 2 + 5 * age);
  }
  context.globalAlpha = 1;
  context.strokeStyle = frame.theme.accent;
  context.lineWidth = 2;
  frame.emphasis?.forEach((value, slot) => {
    if (value !== EMPHASIS.selected) return;
    const { x, y, radius } = screenPoint(frame, slot);
    circle(context, x, y, radius + 2.5);
  });
  if (frame.hoveredSlot >= 0) {
    const { x, y, radius } = screenPoint(frame, frame.hoveredSlot);
    context.strokeStyle = frame.theme.text;
    circle(context, x, y, radius + 2.5);
  }
}
