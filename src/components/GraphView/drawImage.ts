/** The exported picture: the current frame at twice the screen size with the legend and the sampling note in its corners. */
import { WorkbenchError } from '../../core/errors.ts';
import type { LegendModel } from '../palette/legendModel.ts';
import { SHAPE } from '../palette/nodeMarks.ts';
import { traceMark } from '../palette/pointPainter.ts';
import { type GraphFrame, paintEdges, paintNodesOver } from './paintGraph.ts';
import { sampleNote } from './shownGraph.ts';

const IMAGE_SCALE = 2;
const MARGIN_PX = 16;
const LINE_PX = 18;
const FONT = '"Inter Variable", Inter, system-ui, sans-serif';

/** @throws {WorkbenchError} the browser could not encode the image */
export async function drawGraphImage(live: GraphFrame, legend: LegendModel | null): Promise<Blob> {
  const frame: GraphFrame = {
    ...live,
    dpr: IMAGE_SCALE,
    rings: [],
    hoveredSlot: -1,
    isMoving: false,
    box: null,
    detail: { isWhole: false, hasEdges: false },
  };
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, frame.size.width * IMAGE_SCALE);
  canvas.height = Math.max(1, frame.size.height * IMAGE_SCALE);
  paintEdges(canvas, frame);
  const context = canvas.getContext('2d');
  if (context !== null) {
    paintNodesOver(context, frame);
    context.setTransform(IMAGE_SCALE, 0, 0, IMAGE_SCALE, 0, 0);
    if (legend !== null) drawLegend(context, frame, legend);
    drawNote(context, frame);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) {
    throw new WorkbenchError(
      `The browser could not encode an image of ${canvas.width} × ${canvas.height} pixels.`,
      {
        code: 'image-encoding',
        remedy: 'Make the window smaller and export again.',
      },
    );
  }
  return blob;
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { size, theme }: GraphFrame,
  legend: LegendModel,
): void {
  if (legend.kind === 'empty') return;
  const numLines = legend.kind === 'marks' ? legend.items.length : 2;
  let y = size.height - MARGIN_PX - numLines * LINE_PX;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = theme.text;
  context.font = `600 12px ${FONT}`;
  context.fillText(legend.title, MARGIN_PX, y - LINE_PX / 2);
  context.font = `12px ${FONT}`;
  if (legend.kind === 'ramp') {
    const gradient = context.createLinearGradient(MARGIN_PX, 0, MARGIN_PX + 140, 0);
    legend.css.forEach((css, at) => gradient.addColorStop(at / (legend.css.length - 1), css));
    context.fillStyle = gradient;
    context.fillRect(MARGIN_PX, y + 2, 140, 8);
    context.fillStyle = theme.text;
    context.fillText(`${legend.from} to ${legend.to}`, MARGIN_PX, y + 22);
    return;
  }
  for (const item of legend.items) {
    const middle = y + LINE_PX / 2;
    context.beginPath();
    traceMark(context, item.shape, MARGIN_PX + 5, middle, 4.5);
    context.lineWidth = 1.5;
    context.fillStyle = item.css;
    context.strokeStyle = item.css;
    if (item.shape === SHAPE.hollow) context.stroke();
    else context.fill();
    context.fillStyle = theme.text;
    const count = item.count === null ? '' : `  ${item.count.toLocaleString('en')}`;
    context.fillText(`${item.label}${count}`, MARGIN_PX + 18, middle);
    y += LINE_PX;
  }
}

function drawNote(context: CanvasRenderingContext2D, { size, theme, shown }: GraphFrame): void {
  const note = shown === null ? null : sampleNote(shown);
  if (note === null) return;
  context.font = `12px ${FONT}`;
  context.textAlign = 'right';
  context.fillStyle = theme.muted;
  context.fillText(note, size.width - MARGIN_PX, size.height - MARGIN_PX);
}
