/**
 * Random graphs for speed measurements, by the recipe of the recorded baseline: sources are uniform, targets skewed
 * towards low numbers (u³), parallel edges stay. Features are normal draws and labels uniform: there is nothing to learn.
 */
import { buildGraph } from '../src/core/graphBuilder.ts';
import type { Graph } from '../src/core/graph.ts';
import { drawNormal, drawUniform } from '../src/core/random.ts';
import { createUtf8Builder } from '../src/core/utf8Table.ts';

export interface RandomGraphSize {
  readonly nodes: number;
  /** Undirected: each carries messages both ways. */
  readonly edges: number;
  readonly features: number;
  readonly classes: number;
}

export const RANDOM_TARGET = 'label';

/** Drawn features repeat after this many: their values do not matter here. */
const FEATURE_PERIOD = 1_000_003;

/** Returns the graph with a vector column of features and a column of classes. Deterministic. O(nodes · features + edges). */
export function randomGraph(size: RandomGraphSize): Graph {
  const { nodes, edges } = size;
  const ids = createUtf8Builder();
  for (let node = 0; node < nodes; node++) ids.push(String(node));
  return buildGraph({
    name: 'random',
    nodeTables: [{ type: 'node', count: nodes, columns: [featureColumn(size), labelColumn(size)] }],
    nodeIds: ids.finish(),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from({ length: edges }, (_, edge) => Math.floor(drawUniform(1, edge) * nodes)),
    target: Int32Array.from({ length: edges }, (_, edge) => Math.floor(drawUniform(2, edge) ** 3 * nodes)),
    edgeType: null,
    edgeColumns: [],
  });
}

function featureColumn({ nodes, features }: RandomGraphSize) {
  const length = Math.min(nodes * features, FEATURE_PERIOD);
  const period = Float32Array.from({ length }, (_, element) => drawNormal(3, element));
  const values = new Float32Array(nodes * features);
  for (let at = 0; at < values.length; at += length) values.set(period.subarray(0, values.length - at), at);
  return {
    kind: 'vector',
    name: 'features',
    length: nodes,
    validity: null,
    width: features,
    values,
  } as const;
}

function labelColumn({ nodes, classes }: RandomGraphSize) {
  return {
    kind: 'category',
    name: RANDOM_TARGET,
    length: nodes,
    validity: null,
    codes: Int32Array.from({ length: nodes }, (_, node) => Math.floor(drawUniform(4, node) * classes)),
    dictionary: Array.from({ length: classes }, (_, code) => `class ${code}`),
  } as const;
}
