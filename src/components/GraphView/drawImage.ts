/** The exported picture in pixels: the current frame at a chosen scale with the legend and the sampling note in its corners. */
import { WorkbenchError } from '../../core/errors.ts';
import type { LegendModel } from '../palette/legendModel.ts';
import { traceMark } from '../palette/pointPainter.ts';
import { isHollow } from '../palette/shapes.ts';
import { type GraphFrame, paintEdges, paintNodesOver } from './paintGraph.ts';
import { type Instruction, LEGEND_FONT_PX, MARGIN_PX, sceneLegend, type WidthOf } from './sceneLegend.ts';
import { sampleNote } from './shownGraph.ts';

export const FONT_FAMILY = '"Inter Variable", Inter, system-ui, sans-serif';

export const legendFont = (isBold: boolean): string =>
  `${isBold ? '600' : '400'} ${LEGEND_FONT_PX}px ${FONT_FAMILY}`;

/** The frame without what belongs to the moment: hover, selection box, rings. */
export const stillFrame = (live: GraphFrame): GraphFrame => ({
  ...live,
  rings: [],
  hoveredSlot: -1,
  isMoving: false,
  box: null,
  detail: { isWhole: false, hasEdges: false },
});

/**
 * Returns a PNG of `scale` pixels per CSS pixel.
 * @throws {WorkbenchError} the browser could not encode the image
 */
export async function drawGraphImage(
  live: GraphFrame,
  legend: readonly LegendModel[],
  scale: number,
): Promise<Blob> {
  const frame: GraphFrame = { ...stillFrame(live), dpr: scale };
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(frame.size.width * scale));
  canvas.height = Math.max(1, Math.round(frame.size.height * scale));
  paintEdges(canvas, frame);
  const context = canvas.getContext('2d');
  if (context !== null) {
    paintNodesOver(context, frame);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.textBaseline = 'middle';
    const instructions = sceneLegend(legend, frame.size, frame.theme, canvasWidths(context));
    for (const instruction of instructions) carryOut(context, instruction);
    drawNote(context, frame);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) {
    throw new WorkbenchError(
      `The browser could not encode an image of ${canvas.width} × ${canvas.height} pixels.`,
      {
        code: 'image-encoding',
        remedy: 'Choose a smaller scale or make the window smaller, then export again.',
      },
    );
  }
  return blob;
}

export const canvasWidths =
  (context: CanvasRenderingContext2D): WidthOf =>
  (text, isBold) => {
    context.font = legendFont(isBold);
    return context.measureText(text).width;
  };

function carryOut(context: CanvasRenderingContext2D, instruction: Instruction): void {
  const { x, y } = instruction;
  switch (instruction.kind) {
    case 'panel':
      context.fillStyle = instruction.fill;
      context.strokeStyle = instruction.stroke;
      context.lineWidth = 0.5;
      context.globalAlpha = 0.9;
      context.fillRect(x, y, instruction.width, instruction.height);
      context.globalAlpha = 0.4;
      context.strokeRect(x, y, instruction.width, instruction.height);
      context.globalAlpha = 1;
      return;
    case 'text':
      context.font = legendFont(instruction.isBold);
      context.textAlign = instruction.anchor === 'middle' ? 'center' : instruction.anchor;
      context.fillStyle = instruction.fill;
      context.fillText(instruction.text, x, y);
      return;
    case 'mark':
      context.beginPath();
      traceMark(context, instruction.shape, x, y, instruction.radius);
      context.lineWidth = 1.5;
      context.fillStyle = instruction.css;
      context.strokeStyle = instruction.css;
      if (isHollow(instruction.shape)) context.stroke();
      else context.fill();
      return;
    case 'line':
      context.fillStyle = instruction.css;
      context.fillRect(x, y - instruction.width / 2, instruction.length, instruction.width);
      return;
    case 'ramp': {
      const gradient = context.createLinearGradient(x, 0, x + instruction.width, 0);
      instruction.css.forEach((css, at) => gradient.addColorStop(at / (instruction.css.length - 1), css));
      context.fillStyle = gradient;
      context.fillRect(x, y, instruction.width, instruction.height);
      return;
    }
    default:
      instruction satisfies never;
  }
}

function drawNote(context: CanvasRenderingContext2D, { size, theme, shown }: GraphFrame): void {
  const note = shown === null ? null : sampleNote(shown);
  if (note === null) return;
  context.font = legendFont(false);
  context.textAlign = 'right';
  context.fillStyle = theme.muted;
  context.fillText(note, size.width - MARGIN_PX, size.height - MARGIN_PX);
}
