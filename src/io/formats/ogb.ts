/**
 * Open Graph Benchmark folders as distributed: one graph (node property prediction) with features, labels and published
 * splits, many graphs in one block-diagonal graph, or a heterogeneous graph. The folder does not say whether edges have a
 * direction; they are undirected unless a person says otherwise.
 */
import type {
  FormatDescriptor,
  ImportOptions,
  ImportPreview,
  ImportResult,
  ProbedFile,
  ReadContext,
  TablePreview,
} from '../importTypes.ts';
import { finishNumbered } from '../matrix/numberedGraph.ts';
import { sampleLines } from '../matrix/numberTable.ts';
import { ogbFolder, type OgbFolder } from '../matrix/ogbFiles.ts';
import { type OgbReading, readHomogeneous, readTyped } from '../matrix/ogbReader.ts';
import { SPLIT_COLUMN, splitHint } from '../matrix/splitColumn.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { NodeStore } from '../tables/nodeStore.ts';

const ID = 'ogb';
const NAME = 'Open Graph Benchmark folder';

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const folder = ogbFolder(files);
  if (folder === null) return { confidence: 0, why: 'There is no edge.csv with num-node-list.csv.' };
  const found = folder.isTyped
    ? 'num-node-dict.csv and triplet-type-list.csv'
    : 'edge.csv and num-node-list.csv';
  return { confidence: 1, why: `The files ${found} are named as in the Open Graph Benchmark.` };
}

function noteUnused(files: readonly ProbedFile[], folder: OgbFolder, notices: NoticeList): void {
  noteUnusedFiles(
    notices,
    files.filter((file) => !folder.used.has(file)).map((file) => file.source.path),
  );
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const folder = ogbFolder(files) as OgbFolder;
  const notices = createNoticeList();
  const nodes = new NodeStore(context.limits);
  const edges = createEdgeStore();
  const reading: OgbReading = { folder, options, context, notices, nodes, edges, rowsRead: 0 };
  const edgeColumns = folder.isTyped ? await readTyped(reading) : await readHomogeneous(reading);
  noteUnused(files, folder, notices);
  if (options.direction === 'auto') {
    notices.say({
      severity: 'info',
      code: 'direction-not-stated',
      message: 'The folder does not say whether its edges have a direction; they are read without one.',
    });
  }
  const hasLabel = [...folder.used].some(({ source }) => /(?:node|graph)-label\.csv$/.test(source.path));
  return finishNumbered(
    {
      formatId: ID,
      name: '',
      nodes,
      edges,
      edgeColumns,
      isDirected: false,
      weight: null,
      options,
      notices,
      rowsRead: reading.rowsRead,
      hints: {
        ...(hasLabel ? { target: 'label' } : {}),
        ...(folder.splits.length > 0 ? { split: splitHint(SPLIT_COLUMN) } : {}),
      },
    },
    context,
  );
}

const ROLES: readonly (readonly [RegExp, TablePreview['role']])[] = [
  [/-feat\.csv$/, 'features'],
  [/(?:^|\/)edge[^/]*\.csv$/, 'edges'],
  [/\.csv$/, 'nodes'],
];

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const folder = ogbFolder(files) as OgbFolder;
  const splits = new Set(folder.splits.map(({ file }) => file));
  const known = files.filter(
    (file) =>
      (file.source.path.startsWith(folder.raw) && file.source.path.endsWith('.csv')) || splits.has(file),
  );
  const tables = known.map(
    (file): TablePreview => ({
      path: file.source.path,
      role: ROLES.find(([pattern]) => pattern.test(file.source.path))?.[1] ?? 'ignored',
      type: '',
      dialect: 'rows of numbers',
      columns: [],
      sampleRows: sampleLines(file.head),
      sizeBytes: file.source.sizeBytes,
    }),
  );
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables,
    notices: [],
  });
}

export const ogb: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary:
    'Folders of ogbn-, ogbg- and heterogeneous data sets: raw/edge.csv, node-feat.csv, labels and splits.',
  extensions: ['csv', 'gz'],
  source: 'Hu et al. 2020, Open Graph Benchmark. https://github.com/snap-stanford/ogb',
  detect,
  preview,
  read,
};
