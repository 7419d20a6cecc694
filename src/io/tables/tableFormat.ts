/**
 * Makes a file format of a kind of table. Tables of several kinds are read together (nodes.csv with edges.parquet), so the
 * format that answers for a drop is the one its first table belongs to, and it reads them all.
 */
import { ParseError } from '../../core/errors.ts';
import {
  DEFAULT_IMPORT_OPTIONS,
  type FormatDescriptor,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
} from '../importTypes.ts';
import { nativeName } from '../native/nativeNames.ts';
import { createNoticeList, noteUnusedFiles } from '../notices.ts';
import { delimitedOpener } from '../delimited/delimitedTable.ts';
import { createEdgeStore } from './edgeStore.ts';
import { assembleGraph } from './graphAssembly.ts';
import {
  hintsFromRoles,
  labelNames,
  type PlannedTable,
  previewTable,
  readEdgeTables,
  readNodeTables,
  weightName,
} from './graphTables.ts';
import { NodeStore } from './nodeStore.ts';
import { planTables } from './planTables.ts';
import { importResult } from './summary.ts';
import { openerOf } from './tableOpeners.ts';
import type { TableOpener } from './tableSource.ts';

export interface TableFormat {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly extensions: readonly string[];
  readonly source: string;
  readonly opener: TableOpener;
}

async function openTables(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
  purpose: 'preview' | 'read',
): Promise<PlannedTable[]> {
  const tables = [];
  for (const file of files) {
    const opener = openerOf(file);
    if (opener !== null) tables.push(await opener.open(file, context, purpose));
  }
  const [only, ...others] = tables;
  const isText = files.some((file) => openerOf(file) === delimitedOpener);
  if (only !== undefined && others.length === 0 && only.names.length === 1 && isText)
    failOneColumn(only.path);
  return planTables(tables, options);
}

function failOneColumn(path: string): never {
  throw new ParseError(`${path} has only one column.`, {
    code: 'one-column',
    remedy: 'Separate the columns by commas, tabs or semicolons.',
    details: { file: path },
  });
}

const unusedPaths = (files: readonly ProbedFile[]): string[] =>
  files.filter((file) => openerOf(file) === null).map((file) => file.source.path);

/** Returns the format as the importer knows formats. */
export function tableFormat(format: TableFormat): FormatDescriptor {
  const { id, name, summary, extensions, source, opener } = format;
  const detect: FormatDescriptor['detect'] = (files) => {
    const tables = files.filter((file) => file.head.length > 0 && openerOf(file) !== null);
    const own = tables.filter((file) => openerOf(file) === opener);
    if (own.length === 0) return { confidence: 0, why: `No file is a table of the kind ${name}.` };
    const isNative = files.some((file) =>
      ['nodes', 'edges'].includes(nativeName(file.source.path)?.role ?? ''),
    );
    const names = tables.map((file) => file.source.path).join(', ');
    const confidence = tables[0] === own[0] ? (isNative ? 0.45 : 0.6) : 0.2;
    return {
      confidence,
      why: `${names} reads as ${tables.length === 1 ? 'a table' : 'tables'} of rows and columns.`,
    };
  };

  async function preview(files: readonly ProbedFile[], context: ReadContext): Promise<ImportPreview> {
    const notices = createNoticeList();
    noteUnusedFiles(notices, unusedPaths(files));
    const tables = await openTables(files, DEFAULT_IMPORT_OPTIONS, context, 'preview');
    return {
      formatId: id,
      formatName: name,
      why: detect(files).why,
      title: '',
      tables: tables.map(previewTable),
      notices: notices.all(),
    };
  }

  async function read(
    files: readonly ProbedFile[],
    options: ImportOptions,
    context: ReadContext,
  ): Promise<ImportResult> {
    const notices = createNoticeList();
    noteUnusedFiles(notices, unusedPaths(files));
    const tables = await openTables(files, options, context, 'read');
    const nodes = new NodeStore(context.limits);
    const edges = createEdgeStore();
    const nodeRows = await readNodeTables(tables, nodes, options, context, notices);
    const edgeColumns = await readEdgeTables(tables, nodes, edges, options, context, notices);
    const graph = await assembleGraph(
      {
        name: '',
        nodes,
        edges,
        edgeColumns: edgeColumns.finish(edgeColumns.numRows),
        directed: options.direction === 'auto' ? null : options.direction === 'directed',
        weight: weightName(tables),
        policies: options,
        notices,
      },
      context,
    );
    return importResult(
      id,
      graph,
      nodeRows + edgeColumns.rowsRead,
      labelNames(tables),
      hintsFromRoles(tables, options),
      notices,
    );
  }

  return { id, name, summary, extensions, source, detect, preview, read };
}
