/** The columns of one delimited file: dialect, unique names, sample rows. The start of both preview and reading. */
import { LimitError, ParseError } from '../../core/errors.ts';
import { detectDialect, type Dialect, sampleRows } from './dialect.ts';
import type { ImportLimits, ProbedFile } from '../importTypes.ts';
import { assertText } from '../bytes/textEncoding.ts';

export interface TableHeader {
  readonly file: ProbedFile;
  readonly path: string;
  readonly dialect: Dialect;
  readonly names: readonly string[];
  /** First rows below the header. */
  readonly sample: readonly (readonly string[])[];
}

/**
 * Returns dialect and column names of a delimited file.
 * @param hasHeader overrides the guess (native files always have one)
 * @param fallbackNames names for the first columns when there is no header row
 * @throws {ParseError} empty, binary, or with two columns of one name
 * @throws {LimitError} more columns than the limit
 */
export function readTableHeader(
  file: ProbedFile,
  limits: ImportLimits,
  hasHeader?: boolean,
  fallbackNames: readonly string[] = [],
): TableHeader {
  const { path } = file.source;
  assertText(path, file.head);
  const dialect = detectDialect(file.head, hasHeader);
  const rows = sampleRows(file.head, dialect);
  if (rows[0] === undefined) return failEmpty(path, file.head);
  const sample = dialect.hasHeader ? rows.slice(1) : rows;
  const width = rows[0].length;
  if (width > limits.maxColumns) {
    throw new LimitError(
      `${path} has ${width.toLocaleString('en-US')} columns; the limit is ${limits.maxColumns.toLocaleString('en-US')}.`,
      {
        code: 'too-many-columns',
        remedy: 'Store wide features as features.svm or features.npy, or split the table.',
        details: { file: path, columns: width, limit: limits.maxColumns },
      },
    );
  }
  const names = dialect.hasHeader
    ? rows[0].map((name, column) => name.replace(/^#\s*/, '') || `column ${column + 1}`)
    : rows[0].map((_, column) => fallbackNames[column] ?? `column ${column + 1}`);
  assertUniqueNames(path, names);
  return { file, path, dialect, names, sample };
}

function failEmpty(path: string, head: Uint8Array): never {
  if (head.some((byte) => byte > 32)) {
    throw new ParseError(`${path}: its first row cannot be read.`, {
      code: 'unreadable-row',
      remedy: 'Check the first lines for a quote that is never closed.',
      details: { file: path },
    });
  }
  throw new ParseError(`${path} is empty.`, {
    code: 'empty-file',
    remedy: 'Drop a file with at least one row.',
    details: { file: path },
  });
}

function assertUniqueNames(path: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new ParseError(`${path} line 1: two columns are named '${name}'.`, {
        code: 'duplicate-column',
        remedy: 'Rename one of them.',
        details: { file: path, line: 1, column: name },
      });
    }
    seen.add(name);
  }
}
