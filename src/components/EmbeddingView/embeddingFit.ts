/** When the embedding's view follows its points. Pure. */
import { fitViewport, type Size, type Viewport } from '../palette/viewport.ts';

const PADDING_PX = 36;
/** The view stays while the points fill at least this share of it, so that small changes of scale do not shake it. */
const MIN_FILL = 0.62;

export const fitEmbedding = (points: Float32Array, size: Size): Viewport =>
  fitViewport(points, size, PADDING_PX);

/** Returns `current` while all points are in it and fill it well enough, else the fitted viewport. O(n). */
export function followPoints(points: Float32Array, current: Viewport, size: Size): Viewport {
  const fitted = fitEmbedding(points, size);
  if (current.zoom < fitted.zoom * MIN_FILL || current.zoom > fitted.zoom * 1.12) return fitted;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const x = (points[at] as number) * current.zoom + current.x;
    const y = (points[at + 1] as number) * current.zoom + current.y;
    if (x < 4 || y < 4 || x > size.width - 4 || y > size.height - 4) return fitted;
  }
  return current;
}

export function mixViewport(from: Viewport, to: Viewport, t: number): Viewport {
  const mix = (a: number, b: number): number => a + (b - a) * t;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), zoom: mix(from.zoom, to.zoom) };
}

/** Radius of a point, CSS px: 5 for a handful, 1 for a hundred thousand. */
export function pointRadius(numPoints: number, size: Size): number {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, numPoints));
  return Math.min(5, Math.max(1, room * 0.24));
}
