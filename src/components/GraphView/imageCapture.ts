/**
 * The door to the mounted graph view's picture, for menus elsewhere: the view registers how to draw itself, the menu asks.
 * One graph view is mounted at a time.
 */
import { WorkbenchError } from '../../core/errors.ts';

/** What picture is wanted; a PNG has `scale` pixels per CSS pixel. */
export type ImageRequest = { readonly format: 'png'; readonly scale: number } | { readonly format: 'svg' };

type Capture = (request: ImageRequest) => Promise<Blob>;

let current: Capture | null = null;

/** Called by the view while it is mounted; returns the function that withdraws it. */
export function registerCapture(capture: Capture): () => void {
  current = capture;
  return () => {
    if (current === capture) current = null;
  };
}

/**
 * Returns a picture of the graph as it is shown, on the theme's background, with its legend.
 * @throws {WorkbenchError} no graph view is mounted, or the browser could not encode the image
 */
export async function captureGraphImage(request: ImageRequest): Promise<Blob> {
  if (current === null) {
    throw new WorkbenchError('There is no graph on screen to make an image of.', {
      code: 'no-graph-view',
      remedy: 'Open the Graph view, then export the image again.',
    });
  }
  return current(request);
}
