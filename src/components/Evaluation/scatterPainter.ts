/**
 * Draws predicted against true numbers on a canvas: the diagonal is right, above it too high, below too low. Both axes
 * have one scale. Knows nothing of the store.
 */
import type { CanvasTheme } from '../palette/canvasTheme.ts';
import { formatValue } from '../format/formatNumber.ts';
import type { Size } from '../palette/viewport.ts';
import type { ValuePoints } from './valueErrors.ts';

const LEFT = 68;
const BOTTOM = 40;
const EDGE = 12;
const FONT = "11px 'Inter Variable', sans-serif";

export interface ScatterFrame {
  readonly points: ValuePoints;
  readonly size: Size;
  readonly dpr: number;
  readonly theme: CanvasTheme;
  /** Of the marks. */
  readonly colour: string;
}

/** Returns round steps that cover [min, max] in about `wanted` pieces. */
export function axisTicks(min: number, max: number, wanted: number): readonly number[] {
  const span = max - min;
  if (!(span > 0)) return [min];
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= wanted) as number;
  const ticks: number[] = [];
  for (let at = Math.ceil(min / step); at * step <= max + step * 1e-9; at++) ticks.push(at * step);
  return ticks;
}

/** Least and largest of both axes with a margin; one number alone gets room on both sides. */
export function scatterRange({ truth, predicted }: ValuePoints): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const values of [truth, predicted]) {
    for (const value of values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  const margin = max > min ? 0.04 * (max - min) : Math.abs(max) * 0.1 || 1;
  return [min - margin, max + margin];
}

export function paintScatter(context: CanvasRenderingContext2D, frame: ScatterFrame): void {
  const { points, size, dpr, theme } = frame;
  const [min, max] = scatterRange(points);
  const side = { width: size.width - LEFT - EDGE, height: size.height - BOTTOM - EDGE };
  const x = (value: number): number => LEFT + (side.width * (value - min)) / (max - min);
  const y = (value: number): number => EDGE + side.height * (1 - (value - min) / (max - min));
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  context.font = FONT;
  paintAxes(context, frame, { x, y, min, max });
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  line(context, x(min), y(min), x(max), y(max));
  context.setLineDash([]);
  paintMarks(context, frame, x, y);
}

interface Axes {
  x(value: number): number;
  y(value: number): number;
  readonly min: number;
  readonly max: number;
}

function paintAxes(
  context: CanvasRenderingContext2D,
  { size, theme }: ScatterFrame,
  { x, y, min, max }: Axes,
): void {
  const ticks = axisTicks(min, max, 5);
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  for (const tick of ticks) {
    context.globalAlpha = 0.18;
    line(context, x(tick), y(min), x(tick), y(max));
    line(context, x(min), y(tick), x(max), y(tick));
    context.globalAlpha = 1;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillText(formatValue(tick), x(tick), y(min) + 6);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(formatValue(tick), LEFT - 6, y(tick));
  }
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText('true value', (LEFT + size.width - EDGE) / 2, size.height - 2);
  context.save();
  context.translate(7, (EDGE + size.height - BOTTOM) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText('predicted', 0, 0);
  context.restore();
}

function paintMarks(
  context: CanvasRenderingContext2D,
  { points, colour }: ScatterFrame,
  x: (value: number) => number,
  y: (value: number) => number,
): void {
  const count = points.rows.length;
  const radius = count > 4000 ? 1.6 : count > 600 ? 2.2 : 3;
  context.fillStyle = colour;
  context.globalAlpha = Math.max(0.12, Math.min(0.75, 25 / Math.sqrt(count)));
  for (let at = 0; at < count; at++) {
    context.beginPath();
    context.arc(x(points.truth[at] as number), y(points.predicted[at] as number), radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
