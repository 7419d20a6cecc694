/** Radii of nodes and strength of edges at the fitted zoom: many elements are drawn small and faint. Pure. */
import type { NumericValues } from '../palette/columnValues.ts';
import { magnitudeShare } from '../palette/magnitudes.ts';
import type { Size } from '../palette/viewport.ts';

/**
 * Returns radii in CSS px at the fitted zoom, [n]. The radius runs through the range with the square root of the value's
 * share, so that the area follows the value and a hub is seen without hiding its neighbours.
 * @param nodes   [n] global index of each shown node
 * @param values  over all nodes; null = all alike
 * @param range   smallest and largest radius as multiples of the plain one
 */
export function nodeRadii(
  nodes: Int32Array,
  values: NumericValues | null,
  range: readonly [number, number],
  size: Size,
): Float32Array {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, nodes.length));
  const base = Math.min(9, Math.max(1.8, room * 0.23));
  if (values === null) return new Float32Array(nodes.length).fill(base);
  const [from, to] = range;
  return Float32Array.from(nodes, (node) => {
    const share = magnitudeShare(values, values.values[node] as number);
    return base * (from + (to - from) * Math.sqrt(share));
  });
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
