/**
 * Paints marks on a 2-D canvas, for the graph's overlay, the embedding and exported images: stamps them into an image of
 * the canvas's size (`stampPoints.ts`) and lays it over what is there.
 */
import { rgbaOf } from './palette.ts';
import { type Shape, shapeCorners } from './shapes.ts';
import { type PixelImage, type PointCloud, stampPoints } from './stampPoints.ts';
import type { Viewport } from './viewport.ts';

export interface PointStyle {
  readonly dpr: number;
  readonly isDark: boolean;
  /** CSS `#rrggbb` of the canvas behind. */
  readonly background: string;
  readonly radiusScale: number;
}

interface Layer {
  readonly context: CanvasRenderingContext2D;
  readonly data: ImageData;
  readonly image: PixelImage;
}

/** One image per canvas, kept while the canvas lives and keeps its size. */
const layers = new WeakMap<HTMLCanvasElement, Layer>();

function layerOf(canvas: HTMLCanvasElement): Layer | null {
  const known = layers.get(canvas);
  const { width, height } = canvas;
  if (known !== undefined && known.image.width === width && known.image.height === height) return known;
  const own = document.createElement('canvas');
  own.width = width;
  own.height = height;
  const context = own.getContext('2d');
  if (context === null) return null;
  const data = new ImageData(width, height);
  const layer = { context, data, image: { words: new Uint32Array(data.data.buffer), width, height } };
  layers.set(canvas, layer);
  return layer;
}

/** Paints the cloud over what is on the canvas, which is at least 1 × 1. Leaves the transform at device pixels. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  cloud: PointCloud,
  viewport: Viewport,
  style: PointStyle,
): void {
  const layer = layerOf(context.canvas);
  if (layer === null) return;
  layer.image.words.fill(0);
  stampPoints(layer.image, cloud, viewport, { ...style, background: rgbaOf(style.background) });
  // putImageData would overwrite what is below; a canvas of its own can be laid over it.
  layer.context.putImageData(layer.data, 0, 0);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(layer.context.canvas, 0, 0);
}

/** Adds one mark to a path, as in the legend of an image. */
export function traceMark(path: CanvasPath, shape: Shape, x: number, y: number, radius: number): void {
  const corners = shapeCorners(shape);
  if (corners === null) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], at) => {
    if (at === 0) path.moveTo(x + dx * radius, y + dy * radius);
    else path.lineTo(x + dx * radius, y + dy * radius);
  });
  path.closePath();
}
