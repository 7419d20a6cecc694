/**
 * LIBSVM / SVMlight files on their own: each line is a node with its label and its sparse features, and a query number
 * where the file ranks (qid). Beside node and edge tables such files are features of those: `formats/plain.ts`.
 */
import type {
  FormatDescriptor,
  ImportOptions,
  ImportPreview,
  ImportResult,
  ProbedFile,
  ReadContext,
} from '../importTypes.ts';
import { describeBinary } from '../bytes/textEncoding.ts';
import { addNumberedNodes, finishNumbered } from '../matrix/numberedGraph.ts';
import { sampleLines } from '../matrix/numberTable.ts';
import { FEATURES_NAME } from '../native/featureColumn.ts';
import { readLibsvm } from '../native/libsvm.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';
import { RecordColumn } from '../records/recordColumn.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE, NodeStore } from '../tables/nodeStore.ts';

const ID = 'libsvm';
const NAME = 'LIBSVM features';
const LINE = /^(?:[+-]?[\d.eE+-]+(?:,[+-]?[\d.eE+-]+)*\s+)?(?:qid:\d+\s+)?(?:\d+:\S+\s*)+(?:#.*)?$/;

/** True when every line of the beginning is a label and index:value pairs. */
function looksLikeLibsvm(file: ProbedFile): boolean {
  if (file.head.length === 0 || describeBinary(file.head) !== null) return false;
  const lines = sampleLines(file.head, (line) => line.trimStart().startsWith('#')).map((cells) =>
    cells.join(' '),
  );
  const withPairs = lines.filter((line) => LINE.test(line));
  // A node without features is a label alone.
  return withPairs.length > 0 && lines.every((line) => LINE.test(line) || /^[+-]?[\d.]+$/.test(line));
}

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const found = files.filter(looksLikeLibsvm);
  const [first] = found;
  if (first === undefined)
    return { confidence: 0, why: 'No file holds lines of a label and index:value pairs.' };
  // Beside tables the features belong to what the tables describe.
  const hasTables = files.some((file) => file !== first && /\.(?:csv|tsv)$/i.test(file.source.path));
  return {
    confidence: hasTables ? 0.3 : 0.9,
    why: `${first.source.path} holds lines of a label and index:value pairs.`,
  };
}

function chosen(files: readonly ProbedFile[], notices: NoticeList): ProbedFile {
  const file = files.find(looksLikeLibsvm) as ProbedFile;
  noteUnusedFiles(
    notices,
    files.filter((other) => other !== file).map((other) => other.source.path),
  );
  return file;
}

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const notices = createNoticeList();
  const { source, head } = chosen(files, notices);
  const rows = sampleLines(head, (line) => line.trimStart().startsWith('#'));
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables: [
      {
        path: source.path,
        role: 'features',
        type: '',
        dialect: 'LIBSVM',
        columns: [
          { name: 'label', role: 'label', kind: 'category', isFixed: true },
          { name: FEATURES_NAME, role: 'feature', kind: 'sparse', isFixed: true },
        ],
        sampleRows: rows.map(([label = '', ...pairs]) =>
          label.includes(':') ? ['', [label, ...pairs].join(' ')] : [label, pairs.join(' ')],
        ),
        sizeBytes: source.sizeBytes,
      },
    ],
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
  const label = new RecordColumn('label', 'words');
  const query = new RecordColumn('qid', 'words');
  const features = await readLibsvm(file, context, notices, {
    onLabel: (row, text) => label.push(row, text),
    onQuery: (row, text) => query.push(row, text),
  });
  const { numRows } = features;
  const nodes = new NodeStore(context.limits);
  const type = await addNumberedNodes(nodes, DEFAULT_NODE_TYPE, numRows, 0, {
    context,
    sizeBytes: file.source.sizeBytes,
  });
  const words = [label, query].flatMap((column) => column.finish(numRows, null) ?? []);
  type.columns.push((length) => [...words, features.column(length)]);
  return finishNumbered(
    {
      formatId: ID,
      name: '',
      nodes,
      edges: createEdgeStore(),
      edgeColumns: [],
      isDirected: false,
      weight: null,
      options,
      notices,
      rowsRead: numRows,
      hints: {
        ...(words.some(({ name }) => name === 'label') ? { target: 'label' } : {}),
        features: [FEATURES_NAME],
      },
    },
    context,
  );
}

export const libsvmFeatures: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary: 'Labels and sparse features, one node per line (label index:value …), without edges.',
  extensions: ['svm', 'libsvm', 'svmlight', 'txt'],
  source: 'Chang and Lin 2011, LIBSVM. https://www.csie.ntu.edu.tw/~cjlin/libsvm/faq.html#f303',
  detect,
  preview,
  read,
};
