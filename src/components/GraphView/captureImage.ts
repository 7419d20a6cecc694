/** Makes the picture that a menu asks for out of the painter's frame: pixels or SVG, with the same legend. */
import type { LegendModel } from '../palette/legendModel.ts';
import { canvasWidths, drawGraphImage, stillFrame } from './drawImage.ts';
import type { ImageRequest } from './imageCapture.ts';
import type { GraphFrame } from './paintGraph.ts';
import { LABEL_FONT } from './paintLabels.ts';
import { svgImage } from './svgImage.ts';

/** @throws {WorkbenchError} the browser could not encode the image */
export async function captureImage(
  frame: GraphFrame,
  legend: readonly LegendModel[],
  request: ImageRequest,
): Promise<Blob> {
  if (request.format === 'png') return drawGraphImage(frame, legend, request.scale);
  const context = document.createElement('canvas').getContext('2d');
  const nameWidth = (name: string): number => {
    if (context === null) return 6 * name.length;
    context.font = LABEL_FONT;
    return context.measureText(name).width;
  };
  const legendWidth = context === null ? nameWidth : canvasWidths(context);
  const text = svgImage(stillFrame(frame), legend, { nameWidth, legendWidth });
  return new Blob([text], { type: 'image/svg+xml' });
}
