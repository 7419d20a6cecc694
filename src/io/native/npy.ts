/**
 * NumPy `.npy` matrices as features of the native folder: float32 or float64, two dimensions, row by row (C order).
 * The format itself is `matrix/npyArray.ts`.
 */
import { allocateFloat32 } from '../../core/buffers.ts';
import { failNpy, readNpyHeader, readNpyNumbers } from '../matrix/npyArray.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import type { NoticeList } from '../notices.ts';
import { denseFeatures, type FeatureRows, finiteRows } from './featureColumn.ts';

/**
 * Reads a matrix; row i belongs to node i. Rows with a NaN or infinite cell count as missing.
 * @throws {ParseError} not a .npy file, not a float matrix in C order, or fewer numbers than the shape says
 * @throws {LimitError} a matrix larger than the byte limit
 */
export async function readNpy(
  file: ProbedFile,
  context: ReadContext,
  notices: NoticeList,
): Promise<FeatureRows> {
  const { path } = file.source;
  const header = readNpyHeader(path, file.head);
  if (header.kind !== 'f') {
    const found = `'${header.isLittleEndian ? '<' : '>'}${header.kind}${header.itemBytes}'`;
    failNpy(
      path,
      `its number type is ${found}, not float32 or float64`,
      "Save it as matrix.astype('float32').",
    );
  }
  if (header.isFortran)
    failNpy(path, 'it is stored column by column', 'Save it as numpy.ascontiguousarray(matrix).');
  const [rows, columns] = header.shape;
  if (rows === undefined || columns === undefined || header.shape.length > 2) {
    return failNpy(path, 'it is not a matrix of rows and columns', 'Save an array with two dimensions.');
  }
  const values = await readNpyNumbers(file, header, context, allocateFloat32);
  return denseFeatures(values, columns, finiteRows(path, values, columns, rows, notices), rows);
}
