/**
 * The head of a MatrixMarket file: banner (`%%MatrixMarket matrix coordinate real general`) and, later, the line of sizes.
 * Format: https://math.nist.gov/MatrixMarket/formats.html; the `vector` object and the field `double` as in Boost and
 * fast_matrix_market; `%%GraphBLAS type` lines as SuiteSparse:GraphBLAS writes them.
 */
import { ParseError } from '../../core/errors.ts';
import { decodeHead } from '../bytes/textEncoding.ts';

export interface MarketBanner {
  readonly object: 'matrix' | 'vector';
  readonly isCoordinate: boolean;
  readonly field: 'real' | 'integer' | 'complex' | 'pattern';
  readonly symmetry: 'general' | 'symmetric' | 'skew-symmetric' | 'hermitian';
}

const BANNER = /^\s*%%?MatrixMarket\s/i;

/** True when the file begins as a MatrixMarket file does, in any case, indented or with one percent sign. */
export const hasBanner = (head: Uint8Array): boolean => BANNER.test(decodeHead(head.subarray(0, 256)));

/** @throws {ParseError} code `matrix-market` */
export function failMarket(path: string, line: number, what: string, remedy: string): never {
  throw new ParseError(`${path} line ${line}: ${what}.`, {
    code: 'matrix-market',
    remedy,
    details: { file: path, line },
  });
}

const EXAMPLE = 'Begin the file like %%MatrixMarket matrix coordinate real general.';

const FIELDS: ReadonlyMap<string, MarketBanner['field']> = new Map([
  ['real', 'real'],
  ['double', 'real'],
  ['integer', 'integer'],
  ['unsigned-integer', 'integer'],
  ['complex', 'complex'],
  ['pattern', 'pattern'],
]);
const SYMMETRIES = ['general', 'symmetric', 'skew-symmetric', 'hermitian'] as const;

/** @param words blank-separated words of the first line @throws {ParseError} */
export function parseBanner(path: string, line: number, words: readonly string[]): MarketBanner {
  const [mark, object, format, fieldWord, symmetryWord] = words.map((word) => word.toLowerCase());
  const fail = (what: string): never => failMarket(path, line, what, EXAMPLE);
  if (mark !== '%%matrixmarket' && mark !== '%matrixmarket') {
    fail(`a MatrixMarket file begins with %%MatrixMarket, not '${words[0] ?? ''}'`);
  }
  if (words.length < 5) fail(`the banner has ${words.length} words instead of 5`);
  if (object !== 'matrix' && object !== 'vector')
    return fail(`the object '${object}' is neither matrix nor vector`);
  if (format !== 'coordinate' && format !== 'array') {
    return fail(`the format '${format}' is neither coordinate nor array`);
  }
  const field = FIELDS.get(fieldWord as string);
  if (field === undefined) return fail(`the field '${fieldWord}' is not real, integer, complex or pattern`);
  const symmetry = SYMMETRIES.find((known) => known === symmetryWord);
  if (symmetry === undefined) {
    return fail(`the symmetry '${symmetryWord}' is not general, symmetric, skew-symmetric or hermitian`);
  }
  if (object === 'vector' && symmetry !== 'general') return fail('a vector cannot be symmetric');
  if (field === 'pattern' && format === 'array') return fail('an array cannot be a pattern');
  if (field === 'pattern' && symmetry === 'skew-symmetric') return fail('a pattern cannot be skew-symmetric');
  return { object, isCoordinate: format === 'coordinate', field, symmetry };
}
