/**
 * MatrixMarket files (`.mtx`), the exchange format of sparse matrices: SuiteSparse, GraphBLAS, SciPy. Reading is
 * `matrix/marketReader.ts`, the meaning as a graph `matrix/marketGraph.ts`.
 */
import { decodeHead } from '../bytes/textEncoding.ts';
import {
  type FormatDescriptor,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
  type TablePreview,
} from '../importTypes.ts';
import { graphOfMarket } from '../matrix/marketGraph.ts';
import { hasBanner } from '../matrix/marketBanner.ts';
import { readMarket } from '../matrix/marketReader.ts';
import { sampleLines } from '../matrix/numberTable.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';

const ID = 'matrix-market';
const NAME = 'MatrixMarket';

/** Collections pack a matrix with its coordinates or right-hand side: the sparse one is the graph. */
function confidenceOf(file: ProbedFile): number {
  if (file.head.length === 0) return 0;
  if (!hasBanner(file.head)) return /\.mtx$/i.test(file.source.path) ? 0.5 : 0;
  return /\scoordinate\s/i.test(decodeHead(file.head.subarray(0, 256))) ? 1 : 0.95;
}

function chosenFile(
  files: readonly ProbedFile[],
): { readonly file: ProbedFile; readonly confidence: number } | null {
  const [best] = files
    .map((file) => ({ file, confidence: confidenceOf(file) }))
    .sort((a, b) => b.confidence - a.confidence);
  return best === undefined || best.confidence === 0 ? null : best;
}

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const best = chosenFile(files);
  if (best === null) return { confidence: 0, why: 'No file begins with %%MatrixMarket.' };
  const { path } = best.file.source;
  return best.confidence === 0.5
    ? { confidence: 0.5, why: `${path} is named as a MatrixMarket file.` }
    : { confidence: best.confidence, why: `${path} begins with %%MatrixMarket.` };
}

function chosen(files: readonly ProbedFile[], notices: NoticeList): ProbedFile {
  const { file } = chosenFile(files) as NonNullable<ReturnType<typeof chosenFile>>;
  noteUnusedFiles(
    notices,
    files.filter((other) => other !== file).map((other) => other.source.path),
  );
  return file;
}

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const notices = createNoticeList();
  const file = chosen(files, notices);
  const [banner = ''] = decodeHead(file.head)
    .trimStart()
    .split(/\r\n|\n|\r/, 1);
  const samples = sampleLines(file.head, (line) => line.trimStart().startsWith('%')).slice(1);
  const isCoordinate = /\scoordinate\s/i.test(banner);
  const isMatrix = /\smatrix\s/i.test(banner);
  const names = isCoordinate ? (isMatrix ? ['row', 'column'] : ['row']) : [];
  const width = samples[0]?.length ?? names.length;
  const values = Array.from({ length: Math.max(0, width - names.length) }, (_, at) =>
    at === 0 ? 'value' : `value ${at + 1}`,
  );
  const table: TablePreview = {
    path: file.source.path,
    role: isCoordinate && isMatrix ? 'edges' : 'features',
    type: '',
    dialect: banner.trim().split(/\s+/).slice(1).join(' ').toLowerCase(),
    columns: [...names, ...values].map((name) => ({
      name,
      role: name === 'row' ? 'source' : name === 'column' ? 'target' : isCoordinate ? 'weight' : 'feature',
      kind: name === 'row' || name === 'column' ? 'i32' : 'f64',
      isFixed: true,
    })),
    sampleRows: samples,
    sizeBytes: file.source.sizeBytes,
  };
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables: [table],
    notices: notices.all(),
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  const file = chosen(files, notices);
  const matrix = await readMarket(file, context, notices);
  return graphOfMarket(ID, file.source, matrix, options, context, notices);
}

export const matrixMarket: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary: 'Sparse and dense matrices (.mtx): a square one is a graph, a rectangular one a bipartite graph.',
  extensions: ['mtx'],
  source: 'National Institute of Standards and Technology: https://math.nist.gov/MatrixMarket/formats.html',
  detect,
  preview,
  read,
};
