/** Radii of nodes and strength of edges at the fitted zoom: many elements are drawn small and faint. Pure. */
import type { SizeBy } from '../../state/types.ts';
import type { Size } from '../palette/viewport.ts';

/**
 * Returns radii in CSS px at the fitted zoom, [n]. `degree`: area grows with the square root of the degree, so that a
 * hub is seen without hiding its neighbours.
 */
export function nodeRadii(degree: Int32Array, sizeBy: SizeBy, size: Size): Float32Array {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, degree.length));
  const base = Math.min(9, Math.max(1.8, room * 0.23));
  if (sizeBy === 'same') return new Float32Array(degree.length).fill(base);
  const top = Math.sqrt(
    Math.max(
      1,
      degree.reduce((most, value) => Math.max(most, value), 1),
    ),
  );
  const reach = Math.min(3, Math.max(1.6, top / 3));
  return Float32Array.from(degree, (value) => base * (0.75 + (reach * Math.sqrt(value)) / (top + 2)));
}

/** Nodes grow with the square root of the zoom, so that zooming in also pulls them apart. */
export function radiusScaleAt(zoom: number, fittedZoom: number): number {
  return Math.min(4, Math.max(0.6, Math.sqrt(zoom / fittedZoom)));
}

export function edgeAlpha(numEdges: number, zoomRatio: number, dpr: number): number {
  const crowding = 20 / Math.sqrt(numEdges + 1);
  const strength = crowding * Math.min(2.5, Math.max(1, Math.sqrt(zoomRatio))) * (dpr > 1 ? 1.35 : 1);
  return Math.min(0.6, Math.max(0.07, strength));
}
