/**
 * Which of the arrays of an .npz archive is what, by their names and shapes: scipy.sparse matrices, the citation graphs of
 * Shchur et al. 2018 (adj_*, attr_*, labels), the heterophilous graphs of Platonov et al. 2023 (node_features, edges,
 * train_masks …), and the names of PyTorch Geometric and OGB (x, y, edge_index, node_feat, train_mask …).
 */
import { MAX_DENSE_NODES } from './marketGraph.ts';
import type { NpyHeader } from './npyArray.ts';
import { type NamedArray, type NamedArrays, sparseParts, type SparseParts } from './npzArrays.ts';
import type { SplitPart } from './splitColumn.ts';

export interface SplitArray {
  readonly array: NamedArray;
  readonly part: SplitPart;
  /** True for one flag per node, false for a list of node numbers. */
  readonly isMask: boolean;
}

export interface ArrayPlan {
  readonly adjacency: SparseParts | null;
  readonly denseAdjacency: NamedArray | null;
  readonly edgeList: NamedArray | null;
  /** Sparse matrices with a row per node, by the name of their column. */
  readonly sparse: readonly { readonly parts: SparseParts; readonly column: string }[];
  readonly splits: readonly SplitArray[];
  readonly numNodes: NamedArray | null;
  /** What remains: columns of nodes or edges, by their length. */
  readonly others: readonly NamedArray[];
}

const EDGE_NAMES = ['edge_index', 'edges', 'edge_list', 'edgelist', 'edge_indices', 'edge'];
const ADJACENCY = /^(?:adj|adjacency|graph|network|a$)/i;
const FEATURES = /^(?:x|features?|feat|node_feat(?:ure)?s?|attr(?:_matrix)?|attributes?|embeddings?)$/i;
const LABEL = /^(?:y|labels?|node_labels?|class(?:es)?|targets?)$/i;
const NAMES = /^(?:node_)?names?$/i;
const SPLIT = /^(?:idx_)?(train|val|valid|test)(?:_?(masks?|idx|index|indices|ids))?$/i;

/** Name of the column an array becomes. */
export function columnName(name: string): string {
  const stem = name.replace(/[_.]+$/, '');
  if (FEATURES.test(stem)) return 'features';
  if (LABEL.test(stem)) return 'label';
  return NAMES.test(stem) ? 'name' : stem;
}

const isWhole = (header: NpyHeader): boolean => header.kind === 'i' || header.kind === 'u';
const isPairs = (array: NamedArray): boolean =>
  array.header !== null && array.header.shape.length === 2 && array.header.shape.includes(2);

/** The array of edges: by its name, or as the only array when it holds pairs of whole numbers. */
function edgeListOf(arrays: NamedArrays): NamedArray | null {
  for (const name of EDGE_NAMES) {
    const array = arrays.get(name);
    if (array !== undefined && (array.header === null || isPairs(array))) return array;
  }
  const [only] = arrays.values();
  if (arrays.size > 1 || only === undefined || only.header === null) return null;
  return isPairs(only) && isWhole(only.header) ? only : null;
}

function denseAdjacencyOf(arrays: NamedArrays): NamedArray | null {
  for (const array of arrays.values()) {
    const [rows = 0, columns = -1] = array.header?.shape ?? [];
    if (array.header?.shape.length !== 2 || rows !== columns || rows > MAX_DENSE_NODES) continue;
    if (ADJACENCY.test(array.name) || (arrays.size === 1 && rows > 2)) return array;
  }
  return null;
}

function splitsOf(arrays: readonly NamedArray[]): SplitArray[] {
  return arrays.flatMap((array) => {
    const [, part, form = ''] = SPLIT.exec(array.name) ?? [];
    if (part === undefined || array.header === null) return [];
    const isMask = array.header.kind === 'b' || array.header.shape.length > 1 || form.startsWith('mask');
    const word = part.toLowerCase();
    return [{ array, part: word === 'valid' ? 'val' : (word as SplitPart), isMask }];
  });
}

/** Returns the plan; nothing but headers is looked at. */
export function planArrays(arrays: NamedArrays): ArrayPlan {
  const found = sparseParts(arrays);
  const adjacency = found.find(({ prefix }) => prefix === '' || ADJACENCY.test(prefix)) ?? null;
  const edgeList = adjacency === null ? edgeListOf(arrays) : null;
  const denseAdjacency = adjacency === null && edgeList === null ? denseAdjacencyOf(arrays) : null;
  const sparse = found
    .filter((parts) => parts !== adjacency)
    .map((parts) => ({ parts, column: columnName(parts.prefix) }));
  const numNodes = arrays.get('num_nodes') ?? null;
  const taken = new Set([
    ...found.flatMap(({ names }) => names),
    ...[edgeList, denseAdjacency, numNodes].flatMap((array) => (array === null ? [] : [array.name])),
  ]);
  const rest = [...arrays.values()].filter(({ name }) => !taken.has(name));
  const splits = splitsOf(rest);
  const isSplit = new Set(splits.map(({ array }) => array));
  return {
    adjacency,
    denseAdjacency,
    edgeList,
    sparse,
    splits,
    numNodes,
    others: rest.filter((array) => !isSplit.has(array)),
  };
}
