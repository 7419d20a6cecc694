/** Which format the dropped files are in: every format says how sure it is, by content first; the surest reads them. */
import { ParseError } from '../core/errors.ts';
import { formats } from './formats/index.ts';
import type { FormatDescriptor, ProbedFile } from './importTypes.ts';
import { assertText } from './bytes/textEncoding.ts';

const MIN_CONFIDENCE = 0.3;
const TEXT_TABLE = /\.(?:csv|tsv|txt|tab|ssv|dat|edges|edgelist|svm)$/i;

export interface DetectedFormat {
  readonly format: FormatDescriptor;
  readonly confidence: number;
  readonly why: string;
}

/**
 * Returns the format of the files and why it was chosen.
 * @throws {ParseError} empty or binary files, or none that a format knows
 */
export function detectFormat(files: readonly ProbedFile[]): DetectedFormat {
  const ranked = formats.all
    .map((format): DetectedFormat => ({ format, ...format.detect(files) }))
    .sort((a, b) => b.confidence - a.confidence);
  const best = ranked[0];
  if (best !== undefined && best.confidence >= MIN_CONFIDENCE) return best;
  return failUnknown(files);
}

function failUnknown(files: readonly ProbedFile[]): never {
  const paths = files.map((file) => file.source.path);
  for (const { source, head } of files) {
    if (head.length === 0) {
      throw new ParseError(`${source.path} is empty.`, {
        code: 'empty-file',
        remedy: 'Drop a file with at least one row.',
        details: { file: source.path },
      });
    }
    if (TEXT_TABLE.test(source.path)) assertText(source.path, head);
  }
  const shown =
    paths.length > 5 ? `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more` : paths.join(', ');
  const named = formatByName(paths);
  if (named !== null) {
    throw new ParseError(`${named.path} is named like ${named.name}, but its content is not.`, {
      code: 'content-mismatch',
      remedy: 'Open the file in a text editor and check that it is what its name says, or export it again.',
      details: { file: named.path, format: named.name },
    });
  }
  throw new ParseError(`No graph format that this version reads was recognised in ${shown}.`, {
    code: 'unknown-format',
    remedy:
      'Drop a table (CSV, Excel sheets saved as CSV, JSON Lines, Parquet) or a graph file such as GraphML, GEXF, GML, Pajek, CX2, JSON or RDF.',
    details: { files: paths },
  });
}

/** Extensions that many kinds of files have say nothing. */
const GENERAL_EXTENSIONS = ['csv', 'tsv', 'txt', 'json', 'zip', 'gz', 'xml', 'data', 'dat'];

function formatByName(paths: readonly string[]): { readonly path: string; readonly name: string } | null {
  for (const path of paths) {
    const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
    const format = formats.all.find(({ extensions }) => extensions.includes(extension));
    if (format !== undefined && !GENERAL_EXTENSIONS.includes(extension)) return { path, name: format.name };
  }
  return null;
}
