/**
 * NumPy arrays: a single `.npy` matrix or edge index, a folder of them, or an `.npz` archive (which is opened before: its
 * entries arrive as `.npy` files). Names and shapes say what is what: `matrix/arrayPlan.ts`.
 */
import type {
  FormatDescriptor,
  ImportOptions,
  ImportPreview,
  ImportResult,
  ProbedFile,
  ReadContext,
  TablePreview,
  TableRole,
} from '../importTypes.ts';
import { graphOfArrays } from '../matrix/arrayGraph.ts';
import { type ArrayPlan, columnName, planArrays } from '../matrix/arrayPlan.ts';
import { describeNpy } from '../matrix/npyArray.ts';
import { type NamedArray, namedArrays, npyFiles } from '../matrix/npzArrays.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';

const ID = 'numpy';
const NAME = 'NumPy arrays';

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const found = npyFiles(files);
  if (found.length === 0) return { confidence: 0, why: 'No file begins like a NumPy array.' };
  const why =
    found.length === 1
      ? `${found[0]?.source.path ?? ''} begins like a NumPy array.`
      : `${found.length} files begin like NumPy arrays.`;
  // Beside tables, arrays are features of what the tables describe.
  return { confidence: found.length === files.length ? 0.95 : 0.5, why };
}

function noteOthers(files: readonly ProbedFile[], notices: NoticeList): void {
  const found = new Set(npyFiles(files));
  noteUnusedFiles(
    notices,
    files.filter((file) => !found.has(file)).map((file) => file.source.path),
  );
}

function roleOf(array: NamedArray, plan: ArrayPlan): TableRole {
  if (array.header === null) return 'ignored';
  if (
    array === plan.edgeList ||
    array === plan.denseAdjacency ||
    plan.adjacency?.names.includes(array.name) === true
  ) {
    return 'edges';
  }
  const isSparse = plan.sparse.some(({ parts }) => parts.names.includes(array.name));
  const isWide = array.header.kind === 'f' && array.header.shape.length === 2;
  if (isSparse || isWide || columnName(array.name) === 'features') return 'features';
  return array.name.startsWith('edge') ? 'edges' : 'nodes';
}

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const notices = createNoticeList();
  noteOthers(files, notices);
  const arrays = namedArrays(files);
  const plan = planArrays(arrays);
  const tables = [...arrays.values()].map(
    (array): TablePreview => ({
      path: array.file.source.path,
      role: roleOf(array, plan),
      type: '',
      dialect: array.header === null ? 'NumPy, not read' : describeNpy(array.header),
      columns: [],
      sampleRows: [],
      sizeBytes: array.file.source.sizeBytes,
    }),
  );
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables,
    notices: notices.all(),
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  noteOthers(files, notices);
  const arrays = namedArrays(files);
  return graphOfArrays(ID, { arrays, plan: planArrays(arrays), options, context, notices });
}

export const numpy: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary:
    'Matrices, edge indices and whole graphs as .npy and .npz: SciPy sparse matrices, citation graphs, PyTorch Geometric names.',
  extensions: ['npy', 'npz'],
  source: 'https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html',
  detect,
  preview,
  read,
};
