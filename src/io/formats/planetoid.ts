/**
 * Planetoid citation data: `ind.<name>.{x,y,tx,ty,allx,ally,graph,test.index}` as published (pickles, read without
 * being executed) with the public split: the rows of y train, the next 500 validate, test.index tests.
 * Test ids that are missing (isolated papers of CiteSeer) become nodes without words and without a label.
 */
import { clearBit, createBitset } from '../../core/bitset.ts';
import { allocateFloat32, allocateInt32 } from '../../core/buffers.ts';
import type { CategoryColumn } from '../../core/columns.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { DEFAULT_RELATION } from '../tables/edgeStore.ts';
import { FEATURES_NAME, sparseFeatures } from '../native/featureColumn.ts';
import type {
  FormatDescriptor,
  ImportOptions,
  ImportPreview,
  ImportResult,
  ProbedFile,
  ReadContext,
} from '../importTypes.ts';
import { DEFAULT_NODE_TYPE } from '../tables/nodeStore.ts';
import { counted, createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';
import type { CsrMatrix, NdArray, PickleValue } from '../pickle/pickleObjects.ts';
import {
  type PlanetoidFiles,
  planetoidFiles,
  type PlanetoidParts,
  readPlanetoidParts,
} from '../pickle/planetoidFiles.ts';
import { importResult } from '../tables/summary.ts';

const ID = 'planetoid';
const NAME = 'Planetoid';
const NUM_VALIDATION = 500;
const SPLIT_WORDS = ['none', 'test', 'train', 'val'] as const;

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const found = planetoidFiles(files);
  return found === null
    ? { confidence: 0, why: 'No file is named ind.<name>.<part>.' }
    : { confidence: 1, why: `The files ind.${found.name}.* are named as in the Planetoid data.` };
}

/** Row of a node in allx/ally (`own`) or tx/ty (`test`), or -1. Node testIndex[k] is row k of the test matrices. */
interface RowOfNode {
  readonly numNodes: number;
  readonly own: Int32Array;
  readonly test: Int32Array;
}

function rowsOfNodes(parts: PlanetoidParts): RowOfNode {
  let last = parts.allx.rows - 1;
  for (const node of parts.testIndex) last = Math.max(last, node);
  for (const [node, neighbours] of parts.graph) {
    last = Math.max(last, Number(node));
    for (const neighbour of neighboursOf(neighbours)) last = Math.max(last, neighbour);
  }
  const numNodes = last + 1;
  const own = new Int32Array(numNodes).fill(-1);
  const test = new Int32Array(numNodes).fill(-1);
  for (let node = 0; node < parts.allx.rows; node++) own[node] = node;
  parts.testIndex.forEach((node, row) => {
    own[node] = -1;
    test[node] = row;
  });
  return { numNodes, own, test };
}

function neighboursOf(value: PickleValue): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

function featureColumn(
  parts: PlanetoidParts,
  rows: RowOfNode,
): ReturnType<ReturnType<typeof sparseFeatures>['column']> {
  const rowPtr = allocateInt32(rows.numNodes + 1);
  const pick = (node: number): { matrix: CsrMatrix; row: number } | null => {
    const own = rows.own[node] as number;
    const test = rows.test[node] as number;
    return test >= 0 ? { matrix: parts.tx, row: test } : own >= 0 ? { matrix: parts.allx, row: own } : null;
  };
  for (let node = 0; node < rows.numNodes; node++) {
    const at = pick(node);
    const stored =
      at === null ? 0 : (at.matrix.indptr[at.row + 1] as number) - (at.matrix.indptr[at.row] as number);
    rowPtr[node + 1] = (rowPtr[node] as number) + stored;
  }
  const numValues = rowPtr[rows.numNodes] as number;
  const colIndex = allocateInt32(numValues);
  const values = allocateFloat32(numValues);
  for (let node = 0; node < rows.numNodes; node++) {
    const at = pick(node);
    if (at === null) continue;
    const start = at.matrix.indptr[at.row] as number;
    const end = at.matrix.indptr[at.row + 1] as number;
    // Rows of the published matrices are not sorted by word; ours are.
    const order = Array.from({ length: end - start }, (_, k) => start + k).sort(
      (a, b) => (at.matrix.indices[a] as number) - (at.matrix.indices[b] as number),
    );
    order.forEach((from, k) => {
      colIndex[(rowPtr[node] as number) + k] = at.matrix.indices[from] as number;
      values[(rowPtr[node] as number) + k] = at.matrix.data[from] as number;
    });
  }
  return sparseFeatures(rowPtr, colIndex, values, parts.allx.columns).column(rows.numNodes);
}

/** Class of a one-hot row; -1 when no class is set. */
function classOf(labels: NdArray, row: number): number {
  const width = labels.shape[1] as number;
  for (let code = 0; code < width; code++) if ((labels.values[row * width + code] as number) > 0) return code;
  return -1;
}

function labelColumn(parts: PlanetoidParts, rows: RowOfNode): CategoryColumn {
  const length = rows.numNodes;
  const codes = allocateInt32(length);
  const validity = createBitset(length, true);
  let numMissing = 0;
  for (let node = 0; node < length; node++) {
    const own = rows.own[node] as number;
    const test = rows.test[node] as number;
    const code = test >= 0 ? classOf(parts.ty, test) : own >= 0 ? classOf(parts.ally, own) : -1;
    codes[node] = Math.max(0, code);
    if (code >= 0) continue;
    clearBit(validity, node);
    numMissing++;
  }
  const dictionary = Array.from({ length: parts.ally.shape[1] as number }, (_, code) => String(code));
  return {
    kind: 'category',
    name: 'label',
    length,
    validity: numMissing === 0 ? null : validity,
    codes,
    dictionary,
  };
}

function splitColumn(parts: PlanetoidParts, rows: RowOfNode): CategoryColumn {
  const length = rows.numNodes;
  const codes = allocateInt32(length);
  const code = (word: (typeof SPLIT_WORDS)[number]): number => SPLIT_WORDS.indexOf(word);
  codes.fill(code('train'), 0, parts.numTrain);
  codes.fill(code('val'), parts.numTrain, parts.numTrain + NUM_VALIDATION);
  for (const node of parts.testIndex) codes[node] = code('test');
  return { kind: 'category', name: 'split', length, validity: null, codes, dictionary: SPLIT_WORDS };
}

/** Each undirected edge once, smaller end first, sorted; the dict lists both directions and some edges twice. */
function edgesOf(
  parts: PlanetoidParts,
  numNodes: number,
  notices: NoticeList,
): { source: Int32Array; target: Int32Array } {
  const pairs = new Set<number>();
  let selfLoops = 0;
  for (const [key, neighbours] of parts.graph) {
    const node = Number(key);
    for (const neighbour of neighboursOf(neighbours)) {
      if (node === neighbour) selfLoops++;
      else pairs.add(Math.min(node, neighbour) * numNodes + Math.max(node, neighbour));
    }
  }
  if (selfLoops > 0) {
    notices.say({
      severity: 'info',
      code: 'self-loops',
      message: `${counted(selfLoops, 'citation')} of a paper by itself left out, as is usual for this data.`,
      count: selfLoops,
    });
  }
  const sorted = Float64Array.from(pairs).sort();
  const source = allocateInt32(sorted.length);
  const target = allocateInt32(sorted.length);
  sorted.forEach((pair, edge) => {
    source[edge] = Math.floor(pair / numNodes);
    target[edge] = pair % numNodes;
  });
  return { source, target };
}

function noteIsolated(rows: RowOfNode, notices: NoticeList): void {
  const isolated: number[] = [];
  for (let node = 0; node < rows.numNodes; node++) {
    if (rows.own[node] === -1 && rows.test[node] === -1) isolated.push(node);
  }
  if (isolated.length === 0) return;
  notices.say({
    severity: 'info',
    code: 'nodes-without-data',
    message: `${counted(isolated.length, 'node')} without features and label kept.`,
    count: isolated.length,
    examples: isolated.slice(0, 20).map((node) => ({ line: 0, text: `node ${node}` })),
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  const found = planetoidFiles(files) as PlanetoidFiles;
  noteUnusedFiles(notices, unusedPaths(files, found));
  const parts = await readPlanetoidParts(found, context);
  const rows = rowsOfNodes(parts);
  noteIsolated(rows, notices);
  const graph = buildGraph({
    name: found.name,
    nodeTables: [
      {
        type: DEFAULT_NODE_TYPE,
        count: rows.numNodes,
        columns: [labelColumn(parts, rows), splitColumn(parts, rows), featureColumn(parts, rows)],
      },
    ],
    nodeIds: utf8Table(Array.from({ length: rows.numNodes }, (_, node) => String(node))),
    edgeTypes: [
      {
        relation: DEFAULT_RELATION,
        sourceType: 0,
        targetType: 0,
        directed: options.direction === 'directed',
      },
    ],
    ...edgesOf(parts, rows.numNodes, notices),
    edgeType: null,
    edgeColumns: [],
  });
  const hints = {
    task: 'node-classification',
    target: 'label',
    split: 'public',
    features: [FEATURES_NAME],
  };
  return importResult(ID, graph, rows.numNodes, ['label'], hints, notices);
}

function unusedPaths(files: readonly ProbedFile[], found: PlanetoidFiles): string[] {
  const used = new Set(found.files.values());
  return files.filter((file) => !used.has(file)).map((file) => file.source.path);
}

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const notices = createNoticeList();
  const found = planetoidFiles(files) as PlanetoidFiles;
  noteUnusedFiles(notices, unusedPaths(files, found));
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: found.name,
    tables: [...found.files].map(([part, { source }]) => ({
      path: source.path,
      role: part === 'graph' ? 'edges' : part.endsWith('x') && part !== 'test.index' ? 'features' : 'nodes',
      type: '',
      dialect: part === 'test.index' ? 'node numbers' : 'Python pickle, not executed',
      columns: [],
      sampleRows: [],
      sizeBytes: source.sizeBytes,
    })),
    notices: notices.all(),
  });
}

export const planetoid: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary: 'Cora, CiteSeer and PubMed as published with their public split (ind.<name>.* files).',
  extensions: ['x', 'y', 'tx', 'ty', 'allx', 'ally', 'graph', 'index'],
  source:
    'Yang et al. 2016, Revisiting Semi-Supervised Learning with Graph Embeddings. https://github.com/kimiyoung/planetoid',
  detect,
  preview,
  read,
};
