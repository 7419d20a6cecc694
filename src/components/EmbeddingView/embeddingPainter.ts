/**
 * Paints the embedding on one canvas: axes, points on their way, selection, hover, lasso. Keeps its moving parts outside
 * React and repaints on demand, at most once per animation frame. Colours and shapes are those of the graph view.
 */
import { type Bitset, hasBit } from '../../core/bitset.ts';
import { createColourFade } from '../GraphView/colourFade.ts';
import { type CanvasTheme, LIGHT_CANVAS } from '../palette/canvasTheme.ts';
import type { NodeMarks } from '../palette/nodeMarks.ts';
import { paintPoints } from '../palette/pointPainter.ts';
import { DIMMED_ALPHA } from '../palette/stampPoints.ts';
import { nearestPoint, type Size, type Viewport } from '../palette/viewport.ts';
import { indexOfSorted } from '../../core/sortedIndex.ts';
import { fitEmbedding, followPoints, mixViewport, pointRadius } from './embeddingFit.ts';
import { createGlide } from './glide.ts';

/** Selection rings are strokes; among more points the dimming alone tells. */
const MAX_RINGED = 15_000;

type Corner = readonly [number, number];

export interface EmbeddingPainter {
  /** [n] global node of each point, ascending. */
  readonly nodes: Int32Array;
  readonly points: Float32Array;
  readonly viewport: Viewport;
  /**
   * Points of the same nodes glide there.
   * @param coordinates [2 n] with y upwards
   * @param nodes       [n] ascending
   * @param isOther     another kind of picture: a view that a person moved follows the points again
   */
  setCoordinates(coordinates: Float32Array, nodes: Int32Array, isOther: boolean): void;
  /** Lines through the origin: they mean something only where the axes do. */
  setAxes(hasAxes: boolean): void;
  setMarks(marks: NodeMarks, canRing: boolean): void;
  setSelection(selected: Bitset | null, hovered: number | null): void;
  setSize(size: Size, dpr: number): void;
  setTheme(theme: CanvasTheme): void;
  setReducedMotion(isReduced: boolean): void;
  /** A person moved the view: it stops following the points. */
  setViewport(viewport: Viewport): void;
  /** Shows all points and follows them again. */
  reset(): void;
  setLasso(corners: readonly Corner[]): void;
  pointAt(x: number, y: number): number;
  /** Of a global node; null when it has no point. */
  placeOfNode(node: number): { x: number; y: number; radius: number } | null;
  destroy(): void;
}

export function createEmbeddingPainter(canvas: HTMLCanvasElement): EmbeddingPainter {
  const glide = createGlide();
  const fade = createColourFade();
  let theme: CanvasTheme = LIGHT_CANVAS;
  let size: Size = { width: 0, height: 0 };
  let dpr = 1;
  let nodes: Int32Array = new Int32Array(0);
  let radius = new Float32Array(0);
  let selected: Bitset | null = null;
  let emphasis: Uint8Array | null = null;
  let hovered = -1;
  let lasso: readonly Corner[] = [];
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  let [viewFrom, viewTo] = [viewport, viewport];
  let fittedZoom = 1;
  let isFollowing = true;
  let isReduced = false;
  let hasAxes = true;
  let scheduled = 0;

  const request = (): void => {
    if (scheduled === 0) scheduled = requestAnimationFrame(paint);
  };
  const radiusScale = (): number => Math.min(4, Math.max(0.7, Math.sqrt(viewport.zoom / fittedZoom)));

  function follow(isJump: boolean): void {
    if (!isFollowing || size.width === 0) return;
    viewTo = isJump ? fitEmbedding(glide.target, size) : followPoints(glide.target, viewTo, size);
    fittedZoom = viewTo.zoom;
    viewFrom = isJump || isReduced ? viewTo : viewport;
    if (isJump || isReduced) viewport = viewTo;
  }

  function updateEmphasis(): void {
    const current = selected;
    emphasis = current === null ? null : Uint8Array.from(nodes, (node) => (hasBit(current, node) ? 1 : 0));
  }

  function paint(now: number): void {
    scheduled = 0;
    const progress = glide.advance(now);
    const isFading = fade.advance(now);
    if (isFollowing)
      viewport = progress === 1 ? viewTo : mixViewport(viewFrom, viewTo, 1 - (1 - progress) ** 2);
    const context = canvas.getContext('2d');
    if (context === null) return;
    const isMoving = progress < 1 || isFading;
    paintFrame(context, now);
    if (isMoving || fade.hasRings(now)) request();
  }

  function paintFrame(context: CanvasRenderingContext2D, now: number): void {
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, size.width, size.height);
    if (hasAxes) paintAxes(context);
    const cloud = { points: glide.points, rgba: fade.rgba, shape: fade.shape, radius, emphasis };
    const { isDark, background } = theme;
    paintPoints(context, cloud, viewport, { dpr, isDark, background, radiusScale: radiusScale() });
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    paintRings(context, now);
    paintLasso(context);
  }

  function paintAxes(context: CanvasRenderingContext2D): void {
    context.globalAlpha = DIMMED_ALPHA * 1.6;
    context.strokeStyle = theme.edge;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, Math.round(viewport.y) + 0.5);
    context.lineTo(size.width, Math.round(viewport.y) + 0.5);
    context.moveTo(Math.round(viewport.x) + 0.5, 0);
    context.lineTo(Math.round(viewport.x) + 0.5, size.height);
    context.stroke();
    context.globalAlpha = 1;
  }

  function paintRings(context: CanvasRenderingContext2D, now: number): void {
    const ring = (index: number, css: string, extraPx: number, alpha: number): void => {
      const place = placeOf(index);
      if (place === null) return;
      context.globalAlpha = alpha;
      context.strokeStyle = css;
      context.beginPath();
      context.arc(place.x, place.y, place.radius + extraPx, 0, 2 * Math.PI);
      context.stroke();
    };
    context.lineWidth = 1.5;
    for (const { slot, age } of fade.rings(now)) ring(slot, theme.text, 2 + 4 * age, 1 - age);
    if (emphasis !== null && emphasis.length <= MAX_RINGED) {
      emphasis.forEach((value, index) => value === 1 && ring(index, theme.accent, 2, 1));
    }
    context.lineWidth = 2;
    if (hovered >= 0) ring(hovered, theme.text, 2.5, 1);
    context.globalAlpha = 1;
  }

  function paintLasso(context: CanvasRenderingContext2D): void {
    if (lasso.length < 2) return;
    context.beginPath();
    lasso.forEach(([x, y]) => context.lineTo(x, y));
    context.closePath();
    context.strokeStyle = theme.accent;
    context.fillStyle = theme.accent;
    context.lineWidth = 1.5;
    context.globalAlpha = DIMMED_ALPHA;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }

  function placeOf(index: number): { x: number; y: number; radius: number } | null {
    const x = glide.points[2 * index];
    const y = glide.points[2 * index + 1];
    if (x === undefined || y === undefined) return null;
    const scale = radiusScale();
    return {
      x: x * viewport.zoom + viewport.x,
      y: y * viewport.zoom + viewport.y,
      radius: (radius[index] ?? 1) * scale,
    };
  }

  return {
    get nodes() {
      return nodes;
    },
    get points() {
      return glide.points;
    },
    get viewport() {
      return viewport;
    },
    setCoordinates(coordinates, next, isOther) {
      isFollowing ||= isOther;
      const n = next.length;
      const isNew = next !== nodes && !isSameList(next, nodes);
      nodes = next;
      if (isNew) {
        radius = new Float32Array(n).fill(pointRadius(n, size));
        fade.reset(n);
        updateEmphasis();
        hovered = -1;
      }
      const flipped = coordinates.map((value, at) => (at % 2 === 1 ? -value : value));
      glide.to(flipped, performance.now(), isNew || isReduced);
      follow(isNew);
      request();
    },
    setAxes(next) {
      hasAxes = next;
      request();
    },
    setMarks(marks, canRing) {
      fade.to(marks, nodes, canRing, performance.now());
      request();
    },
    setSelection(next, node) {
      if (next !== selected) {
        selected = next;
        updateEmphasis();
      }
      hovered = node === null ? -1 : indexOfSorted(nodes, node);
      request();
    },
    setSize(next, ratio) {
      size = next;
      dpr = ratio;
      canvas.width = Math.max(1, Math.round(size.width * dpr));
      canvas.height = Math.max(1, Math.round(size.height * dpr));
      radius.fill(pointRadius(nodes.length, size));
      follow(true);
      request();
    },
    setTheme(next) {
      theme = next;
      request();
    },
    setReducedMotion(next) {
      isReduced = next;
      fade.setReducedMotion(next);
    },
    setViewport(next) {
      isFollowing = false;
      viewport = next;
      request();
    },
    reset() {
      isFollowing = true;
      follow(true);
      request();
    },
    setLasso(corners) {
      lasso = corners;
      request();
    },
    pointAt: (x, y) =>
      nearestPoint(glide.points, viewport, (index) => (radius[index] ?? 1) * radiusScale(), { x, y }, 3),
    placeOfNode: (node) => placeOf(indexOfSorted(nodes, node)),
    destroy: () => {
      cancelAnimationFrame(scheduled);
      scheduled = 0;
    },
  };
}

const isSameList = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at]);
