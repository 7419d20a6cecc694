/** A small true picture of a data set's graph for its card: the layout of the workbench, coloured by label. */
import { coordinatePositions } from '../../src/core/coordinatePositions.ts';
import { type Graph, numEdges, numNodes } from '../../src/core/graph.ts';
import { randomSequence, STREAM } from '../../src/core/random.ts';
import { classCodes, targetCandidates } from '../../src/core/taskDefaults.ts';
import { classColours, REST_CSS } from '../../src/components/palette/palette.ts';
import { memorySource } from '../../src/io/fileSource.ts';
import { importFiles } from '../../src/io/importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../../src/io/importTypes.ts';
import { LAYOUTS } from '../../src/layouts/index.ts';
import type { BuiltDataset } from './datasetFiles.ts';

const WIDTH = 320;
const HEIGHT = 150;
const MARGIN = 8;
const MAX_EDGES = 1200;
const ITERATIONS = 500;

/** Returns the data set with `thumbnail.svg` beside its files. */
export async function withThumbnail(dataset: BuiltDataset): Promise<BuiltDataset> {
  const sources = dataset.card.files.map((name) => memorySource(name, dataset.files[name] ?? ''));
  const { graph } = await importFiles(sources, DEFAULT_IMPORT_OPTIONS, { limits: DEFAULT_IMPORT_LIMITS });
  return { card: dataset.card, files: { ...dataset.files, 'thumbnail.svg': drawThumbnail(graph) } };
}

function positionsOf(graph: Graph): Float32Array {
  const geographic = coordinatePositions(graph);
  if (geographic !== null) return geographic;
  const { source, target } = graph;
  const request = { numNodes: numNodes(graph), source, target, initial: null, seed: 1 };
  const layout = LAYOUTS.get('force-atlas-2').create(request);
  for (let step = 0; step < ITERATIONS && !layout.isConverged; step++) layout.step();
  return layout.positions;
}

function drawThumbnail(graph: Graph): string {
  const at = fitted(positionsOf(graph));
  const count = numNodes(graph);
  const dot = Math.max(2, Math.min(9, 60 / Math.sqrt(count)));
  const edges = sampledEdges(graph)
    .map((edge) => `M${at(graph.source[edge] as number)}L${at(graph.target[edge] as number)}`)
    .join('');
  const best = targetCandidates(graph)[0];
  const column = graph.nodeTypes[0]?.columns.find((candidate) => candidate.name === best?.column);
  const labels = column === undefined ? null : classCodes(column);
  const numClasses = labels?.classes.length ?? 0;
  const counts = new Int32Array(numClasses);
  for (const code of labels?.codes ?? []) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const colours = [...classColours(numClasses, counts), REST_CSS];
  const dots = colours.map((): string[] => []);
  for (let node = 0; node < count; node++) {
    const code = labels?.codes[node] ?? -1;
    dots[code < 0 ? numClasses : code]?.push(`M${at(node)}h0`);
  }
  const paths = dots.flatMap((marks, code) =>
    marks.length === 0
      ? []
      : [`<path d="${marks.join('')}" stroke="${colours[code]}" stroke-width="${dot.toFixed(1)}"/>`],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" stroke-linecap="round">`,
    `<path d="${edges}" stroke="${REST_CSS}" stroke-opacity="0.3" stroke-width="0.5"/>`,
    ...paths,
    '</svg>\n',
  ].join('');
}

/** Returns 'x y' of a node in the picture, rounded to whole tenths. */
function fitted(positions: Float32Array): (node: number) => string {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  positions.forEach((value, index) => {
    const axis = index % 2;
    low[axis] = Math.min(low[axis] as number, value);
    high[axis] = Math.max(high[axis] as number, value);
  });
  const [left = 0, top = 0] = low;
  const [right = 0, bottom = 0] = high;
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / (right - left || 1),
    (HEIGHT - 2 * MARGIN) / (bottom - top || 1),
  );
  const x = (value: number): number => WIDTH / 2 + (value - (left + right) / 2) * scale;
  const y = (value: number): number => HEIGHT / 2 + (value - (top + bottom) / 2) * scale;
  return (node) =>
    `${x(positions[2 * node] as number).toFixed(1)} ${y(positions[2 * node + 1] as number).toFixed(1)}`;
}

/** All edges of a small graph, a seeded sample of a large one. */
function sampledEdges(graph: Graph): number[] {
  const random = randomSequence(1, STREAM.shuffle);
  const share = Math.min(1, MAX_EDGES / Math.max(1, numEdges(graph)));
  return Array.from({ length: numEdges(graph) }, (_, edge) => edge).filter(() => random.uniform() < share);
}
