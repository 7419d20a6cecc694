/** One delimited file as a table: dialect, unique names, sample rows, and its rows by the scanner. */
import { LimitError, ParseError } from '../../core/errors.ts';
import { scanRows } from './delimited.ts';
import { describeDialect, detectDialect, looksTabular, sampleRows } from './dialect.ts';
import type { ImportLimits, ProbedFile } from '../importTypes.ts';
import { assertText, describeBinary } from '../bytes/textEncoding.ts';
import { NO_TEXT_COLUMNS, type TableOpener, type TableSource } from '../tables/tableSource.ts';

/**
 * Opens a delimited file as a table.
 * @param hasHeader overrides the guess (native files always have one)
 * @throws {ParseError} empty, binary, or with two columns of one name
 * @throws {LimitError} more columns than the limit
 */
export function openDelimited(file: ProbedFile, limits: ImportLimits, hasHeader?: boolean): TableSource {
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
    : rows[0].map((_, column) => `column ${column + 1}`);
  assertUniqueNames(path, names);
  return {
    path,
    names,
    sample,
    sizeBytes: file.source.sizeBytes,
    hasHeader: dialect.hasHeader,
    dialect: describeDialect(dialect),
    decimalComma: dialect.decimalComma,
    textColumns: NO_TEXT_COLUMNS,
    async scan(context, onRow) {
      let isHeader = dialect.hasHeader;
      await scanRows(file.source, dialect, context, (row) => {
        if (!isHeader) onRow(row);
        isHeader = false;
      });
    },
  };
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

const TABLE_EXTENSION = /\.(?:csv|tsv)$/i;
/** Edge lists of http://konect.cc: `out.<name>`. */
const KONECT_NAME = /(?:^|\/)out\.[\w-]+$/;
const TEXT_EXTENSION = /\.(?:txt|tab|ssv|dat|data|edges|edgelist|edg|el|nodes|cites|links)$/i;

export const delimitedOpener: TableOpener = {
  recognises(file) {
    const { path } = file.source;
    // A table by name is read, and refused with a reason, even when its content is something else.
    if (TABLE_EXTENSION.test(path)) return true;
    if (describeBinary(file.head) !== null) return false;
    const isText = TEXT_EXTENSION.test(path) || KONECT_NAME.test(path) || !/\.[^./]+$/.test(path);
    return isText && looksTabular(file.head);
  },
  open: (file, context) => Promise.resolve(openDelimited(file, context.limits)),
};
