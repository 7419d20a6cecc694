/**
 * The overlay that draws every node and edge: one canvas for edges (below Cytoscape), one for nodes and labels (above).
 * Cytoscape owns gestures and draws only detail, because a recolour there blocks the page 135–280 ms at 3,000 nodes.
 * Holds the view's moving parts outside React and repaints on demand, at most once per animation frame; a hidden tab
 * paints nothing. What is painted where: `paintGraph.ts`.
 */
import type { Bitset } from '../../core/bitset.ts';
import type { SizeBy } from '../../state/types.ts';
import { DEFAULT_STYLE, type ViewStyle } from '../../state/viewStyle.ts';
import { type CanvasTheme, LIGHT_CANVAS } from '../palette/canvasTheme.ts';
import { edgeMarks } from '../palette/edgeMarks.ts';
import { sizeValues } from '../palette/magnitudes.ts';
import type { NodeMarks } from '../palette/nodeMarks.ts';
import { fitViewport, nearestPoint, type Size, type Viewport } from '../palette/viewport.ts';
import { createGlide } from '../EmbeddingView/glide.ts';
import { createColourFade } from './colourFade.ts';
import { nodeRadii, radiusScaleAt } from './nodeSize.ts';
import { type DetailShown, type GraphFrame, paintEdges, paintNodes, traceEdges } from './paintGraph.ts';
import { emphasisOf, type ShownGraph } from './shownGraph.ts';

const FIT_PADDING_PX = 32;
/** After this long without a pan or zoom, the full picture returns. */
const SETTLE_MS = 140;
/** Edges drawn while the layout or the view moves; the picture stays within a frame of 60 a second. */
const MAX_MOVING_EDGES = 12_000;

const EMPTY_FRAME: GraphFrame = {
  shown: null,
  points: new Float32Array(0),
  rgba: new Uint32Array(0),
  shape: new Uint8Array(0),
  radius: new Float32Array(0),
  emphasis: null,
  hoveredSlot: -1,
  pinned: null,
  rings: [],
  nameOrder: new Int32Array(0),
  nameBudget: 0,
  nameBy: 'auto',
  edgeMarks: null,
  edges: null,
  movingEdges: null,
  viewport: { x: 0, y: 0, zoom: 1 },
  fittedZoom: 1,
  radiusScale: 1,
  size: { width: 0, height: 0 },
  dpr: 1,
  theme: LIGHT_CANVAS,
  isMoving: false,
  detail: { isWhole: false, hasEdges: false },
  box: null,
};

export interface GraphPainter {
  setShown(shown: ShownGraph): void;
  /**
   * [2 N] positions of all nodes; not kept beyond the call. Nodes on screen glide there.
   * @param onMove called whenever they have moved a little
   */
  setPositions(positions: Float32Array | null, onMove?: () => void): void;
  /** Nodes are on their way to their positions. */
  readonly isGliding: boolean;
  /** Calls back each time they have arrived; returns how to stop that. */
  onArrival(listener: () => void): () => void;
  /** Nodes that carry the mark of a pin, by global index. */
  setPinned(pinned: Bitset | null): void;
  /** Marks of all nodes; `canRing` when a changed colour means a changed prediction. */
  setMarks(marks: NodeMarks, canRing: boolean): void;
  setSelection(selected: Bitset | null, hovered: number | null): void;
  setViewport(viewport: Viewport): void;
  setSize(size: Size, dpr: number): void;
  /** Sizes, names and edges; colours and shapes come as marks. O(N log N + E). */
  setStyle(sizeBy: SizeBy, style: ViewStyle): void;
  setTheme(theme: CanvasTheme): void;
  setLayoutMoving(isMoving: boolean): void;
  setReducedMotion(isReduced: boolean): void;
  /** What Cytoscape draws in detail and need not be painted here. */
  setDetail(detail: DetailShown): void;
  setBox(box: GraphFrame['box']): void;
  /** Paints a node elsewhere while it is dragged; `setPositions` has the last word. O(E). */
  moveSlot(slot: number, x: number, y: number): void;
  fitted(): Viewport;
  readonly frame: GraphFrame;
  /** Slot of the node under a position in CSS px from the canvas's corner, or -1. */
  nodeAt(x: number, y: number): number;
  destroy(): void;
}

export function createGraphPainter(
  edgeCanvas: HTMLCanvasElement,
  nodeCanvas: HTMLCanvasElement,
): GraphPainter {
  const fade = createColourFade();
  const glide = createGlide();
  const arrivals = new Set<() => void>();
  let frame: GraphFrame = EMPTY_FRAME;
  let sizeBy: SizeBy = 'degree';
  let style: ViewStyle = DEFAULT_STYLE;
  let selected: Bitset | null = null;
  let isLayoutMoving = false;
  let isGliding = false;
  let isReducedMotion = false;
  let moved: () => void = () => undefined;
  let movedAt = -Infinity;
  let areEdgesStale = true;
  let scheduled = 0;
  let settleTimer = 0;

  function request(withEdges: boolean): void {
    areEdgesStale ||= withEdges;
    if (scheduled === 0) scheduled = requestAnimationFrame(paint);
  }

  function update(patch: Partial<GraphFrame>, withEdges: boolean): void {
    frame = { ...frame, ...patch };
    request(withEdges);
  }

  function paint(now: number): void {
    scheduled = 0;
    if (isGliding) advanceGlide(now);
    const isFading = fade.advance(now);
    const isMoving = isLayoutMoving || isGliding || now - movedAt < SETTLE_MS;
    const radiusScale = radiusScaleAt(frame.viewport.zoom, frame.fittedZoom);
    frame = { ...frame, rgba: fade.rgba, shape: fade.shape, rings: fade.rings(now), radiusScale, isMoving };
    if (areEdgesStale) paintEdges(edgeCanvas, frame);
    areEdgesStale = false;
    paintNodes(nodeCanvas, frame);
    if (isFading || fade.hasRings(now)) request(false);
  }

  function advanceGlide(now: number): void {
    isGliding = glide.advance(now) < 1;
    frame = { ...frame, points: glide.points };
    retrace();
    moved();
    if (!isGliding) for (const listener of arrivals) listener();
  }

  function retrace(): void {
    const { shown, points } = frame;
    if (shown === null) return;
    const step = Math.max(1, Math.ceil(shown.source.length / MAX_MOVING_EDGES));
    const movingEdges = traceEdges(shown, points, step, frame.edgeMarks);
    const isMoving = isLayoutMoving || isGliding;
    const edges = step === 1 ? movingEdges : isMoving ? null : traceEdges(shown, points, 1, frame.edgeMarks);
    update({ edges, movingEdges }, true);
  }

  function refit(): Viewport {
    const viewport = fitViewport(frame.points, frame.size, FIT_PADDING_PX);
    frame = { ...frame, fittedZoom: viewport.zoom };
    return viewport;
  }

  function resize(): void {
    const { shown, size } = frame;
    if (shown !== null) {
      const values = sizeValues(shown.graph, sizeBy);
      frame = { ...frame, radius: nodeRadii(shown.sample.nodes, values, style.sizeRange, size) };
    }
    request(true);
  }

  /** What the style says of names and edges of the graph on screen. */
  function restyle(): void {
    const { shown } = frame;
    if (shown === null) return;
    const rank = style.nameOrder === 'size' ? frame.radius : shown.degree;
    const nameOrder = Int32Array.from(shown.sample.nodes.keys()).sort(
      (a, b) => (rank[b] as number) - (rank[a] as number) || a - b,
    );
    const { nameBy, nameBudget } = style;
    frame = { ...frame, nameOrder, nameBy, nameBudget, edgeMarks: edgeMarks(shown.graph, style) };
    retrace();
  }

  return {
    get frame() {
      return frame;
    },
    setShown(shown) {
      fade.reset(shown.sample.nodes.length);
      isGliding = false;
      glide.to(new Float32Array(0), 0, true);
      frame = { ...frame, shown, points: new Float32Array(0), edges: null, movingEdges: null };
      frame = { ...frame, emphasis: emphasisOf(shown, selected), hoveredSlot: -1 };
      resize();
      restyle();
    },
    setPositions(positions, onMove = () => undefined) {
      const { shown } = frame;
      if (shown === null) return;
      const points = new Float32Array(positions === null ? 0 : 2 * shown.sample.nodes.length);
      for (let slot = 0; 2 * slot < points.length; slot++) {
        const node = shown.sample.nodes[slot] as number;
        points[2 * slot] = positions?.[2 * node] ?? 0;
        points[2 * slot + 1] = positions?.[2 * node + 1] ?? 0;
      }
      moved = onMove;
      glide.to(points, performance.now(), isReducedMotion);
      isGliding = glide.advance(performance.now()) < 1;
      frame = { ...frame, points: glide.points };
      retrace();
    },
    get isGliding() {
      return isGliding;
    },
    onArrival(listener) {
      arrivals.add(listener);
      return () => arrivals.delete(listener);
    },
    setPinned(pinned) {
      update({ pinned }, false);
    },
    setMarks(marks, canRing) {
      if (frame.shown === null) return;
      fade.to(marks, frame.shown.sample.nodes, canRing, performance.now());
      request(false);
    },
    setSelection(next, hovered) {
      const { shown } = frame;
      const hoveredSlot = hovered === null || shown === null ? -1 : (shown.slotOf[hovered] ?? -1);
      const hasChanged = next !== selected;
      selected = next;
      const emphasis = hasChanged && shown !== null ? emphasisOf(shown, next) : frame.emphasis;
      update({ emphasis, hoveredSlot }, hasChanged);
    },
    setViewport(viewport) {
      const current = frame.viewport;
      if (viewport.x === current.x && viewport.y === current.y && viewport.zoom === current.zoom) return;
      movedAt = performance.now();
      clearTimeout(settleTimer);
      settleTimer = window.setTimeout(() => request(true), SETTLE_MS + 10);
      update({ viewport }, true);
    },
    setSize(size, dpr) {
      for (const canvas of [edgeCanvas, nodeCanvas]) {
        canvas.width = Math.max(1, Math.round(size.width * dpr));
        canvas.height = Math.max(1, Math.round(size.height * dpr));
      }
      frame = { ...frame, size, dpr };
      resize();
    },
    setStyle(nextSizeBy, nextStyle) {
      sizeBy = nextSizeBy;
      style = nextStyle;
      resize();
      restyle();
    },
    setTheme(next) {
      update({ theme: next }, true);
    },
    setLayoutMoving(isMoving) {
      if (isMoving === isLayoutMoving) return;
      isLayoutMoving = isMoving;
      retrace();
    },
    setReducedMotion(isReduced) {
      isReducedMotion = isReduced;
      fade.setReducedMotion(isReduced);
    },
    setDetail(detail) {
      update({ detail }, true);
    },
    setBox(box) {
      update({ box }, false);
    },
    moveSlot(slot, x, y) {
      const points = frame.points.slice();
      points[2 * slot] = x;
      points[2 * slot + 1] = y;
      isGliding = false;
      glide.to(points, 0, true);
      frame = { ...frame, points };
      retrace();
    },
    fitted: refit,
    nodeAt(x, y) {
      const radiusOf = (slot: number): number => (frame.radius[slot] ?? 0) * frame.radiusScale;
      return nearestPoint(frame.points, frame.viewport, radiusOf, { x, y }, 3);
    },
    destroy() {
      cancelAnimationFrame(scheduled);
      scheduled = 0;
      clearTimeout(settleTimer);
    },
  };
}
