/** Drawing positions from geographic columns, when a graph has them. */
import { allocateFloat32 } from './buffers.ts';
import { type Column, isNumeric, isValid } from './columns.ts';
import { type Graph, numNodes } from './graph.ts';

const LONGITUDE = ['longitude', 'lon', 'lng', 'long'];
const LATITUDE = ['latitude', 'lat'];

/**
 * Returns [2 N] positions in an equirectangular projection (x = longitude · cos(mean latitude), y = −latitude, so that
 * north is up on a screen), or null unless every node has a finite longitude and latitude in one of the usual columns.
 */
export function coordinatePositions(graph: Graph): Float32Array | null {
  const positions = allocateFloat32(2 * numNodes(graph));
  for (const [index, type] of graph.nodeTypes.entries()) {
    const longitude = findNumeric(type.columns, LONGITUDE);
    const latitude = findNumeric(type.columns, LATITUDE);
    if (longitude === null || latitude === null) return null;
    const offset = graph.nodeTypePtr[index] as number;
    for (let row = 0; row < longitude.length; row++) {
      const x = longitude.values[row] as number;
      const y = latitude.values[row] as number;
      const isUsable =
        isValid(longitude, row) && isValid(latitude, row) && Math.abs(y) <= 90 && Math.abs(x) <= 360;
      if (!isUsable) return null;
      positions[2 * (offset + row)] = x;
      positions[2 * (offset + row) + 1] = -y;
    }
  }
  let latitudes = 0;
  for (let at = 1; at < positions.length; at += 2) latitudes += positions[at] as number;
  const shrink = Math.cos(((latitudes / Math.max(1, positions.length / 2)) * Math.PI) / 180);
  // Ten drawing units a degree keeps neighbouring airports apart at the size nodes are drawn.
  for (let at = 0; at < positions.length; at += 2) {
    positions[at] = 10 * shrink * (positions[at] as number);
    positions[at + 1] = 10 * (positions[at + 1] as number);
  }
  return positions.length === 0 ? null : positions;
}

function findNumeric(columns: readonly Column[], names: readonly string[]) {
  const found = columns.find((column) => names.includes(column.name.toLowerCase()));
  return found !== undefined && isNumeric(found) ? found : null;
}
