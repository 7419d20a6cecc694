/**
 * Makes a file format of a reader of records: preview, roles, policies, report. What is left to a format's own file is
 * its name, how it is recognised, and its syntax.
 */
import { ParseError } from '../../core/errors.ts';
import type { Column } from '../../core/columns.ts';
import { throwIfCancelled } from '../bytes/eventLoop.ts';
import {
  type ColumnPreview,
  type ColumnRole,
  DEFAULT_IMPORT_OPTIONS,
  type FormatDescriptor,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
  type TablePreview,
  type TaskHints,
} from '../importTypes.ts';
import { createNoticeList, noteUnusedFiles } from '../notices.ts';
import { assembleGraph } from '../tables/graphAssembly.ts';
import { importResult } from '../tables/summary.ts';
import { hintsOfRoles } from '../tables/tableRoles.ts';
import { convertChosen } from '../tables/chosenKinds.ts';
import type { DeclaredKind, RecordSink } from './recordTypes.ts';
import type { AttributeTable } from './recordColumn.ts';
import { type Owner, type RecordRoles, RecordTables } from './recordTables.ts';
import { EnoughSeen, previewSink, type RecordSample } from './recordPreview.ts';

export interface RecordFormat {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly extensions: readonly string[];
  readonly source: string;
  /** How attributes are read that the file does not declare; `words` for formats of plain text, `values` for JSON. */
  readonly undeclared: DeclaredKind;
  /** How the bytes are written, for the preview: 'XML', 'JSON, node-link'. */
  dialect(file: ProbedFile): string;
  /**
   * How sure the format is that this one file is its own: 0 (not this) to 1; by content first. The others of a drop are
   * reported as not used.
   */
  recognise(file: ProbedFile): number;
  /**
   * Reads one file into the sink: streaming where the syntax allows it, giving way to the event loop, within the limits.
   * @throws {ParseError | LimitError | CancelledError}
   */
  read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<TaskHints | void>;
}

/** Paths under which roles of the two tables of a record file are kept. */
export const recordTablePath = (file: ProbedFile, owner: Owner): string => `${file.source.path}: ${owner}`;

function rolesOf(file: ProbedFile, options: ImportOptions): RecordRoles {
  return {
    nodes: options.roles[recordTablePath(file, 'nodes')] ?? {},
    edges: options.roles[recordTablePath(file, 'edges')] ?? {},
  };
}

const FIXED = (name: string, role: ColumnRole): ColumnPreview => ({
  name,
  role,
  kind: 'text',
  isFixed: true,
});

/** Attributes of all node types under one name each: a person maps names, not names per type. */
function mergedNames(tables: readonly AttributeTable[]): string[] {
  return [...new Set(tables.flatMap((table) => [...table.keys()]))];
}

function columnPreviews(
  owner: Owner,
  names: readonly string[],
  tables: RecordTables,
  columnOf: (name: string) => Column | null,
): ColumnPreview[] {
  return names.map((name) => ({
    name,
    role: tables.roleOf(owner, name),
    kind: columnOf(name)?.kind ?? 'text',
  }));
}

function previewTables(file: ProbedFile, dialect: string, sample: RecordSample): TablePreview[] {
  const { tables } = sample;
  const nodeTables = tables.nodes.types.map((type) => ({
    table: tables.attributesOf(type),
    length: type.ids.length,
  }));
  const nodeNames = [...sample.names('nodes'), ...mergedNames(nodeTables.map(({ table }) => table))];
  const edgeNames = [...sample.names('edges'), ...tables.edgeAttributes.keys()];
  const columnOf = (owner: Owner, name: string): Column | null => {
    if (owner === 'edges')
      return tables.edgeAttributes.get(name)?.finish(tables.numEdgeRecords, null) ?? null;
    const home = nodeTables.find(({ table }) => table.has(name));
    return home?.table.get(name)?.finish(home.length, null) ?? null;
  };
  const base = { type: '', dialect, sizeBytes: file.source.sizeBytes };
  const fixed = {
    nodes: [FIXED('id', 'node-id')],
    edges: [FIXED('source', 'source'), FIXED('target', 'target')],
  };
  const tableOf = (owner: Owner, names: readonly string[]): TablePreview => ({
    ...base,
    path: recordTablePath(file, owner),
    role: owner,
    columns: [
      ...fixed[owner],
      ...columnPreviews(owner, [...new Set(names)], tables, (name) => columnOf(owner, name)),
    ],
    sampleRows: sample.rows(owner, [...new Set(names)]),
  });
  return [tableOf('nodes', nodeNames), tableOf('edges', edgeNames)];
}

/** Returns the format as the importer knows formats. */
export function recordFormat(format: RecordFormat): FormatDescriptor {
  const best = (
    files: readonly ProbedFile[],
  ): { readonly file: ProbedFile; readonly confidence: number } | null => {
    const ranked = files
      .filter((file) => file.head.length > 0)
      .map((file) => ({ file, confidence: format.recognise(file) }))
      .sort((a, b) => b.confidence - a.confidence);
    return ranked[0] !== undefined && ranked[0].confidence > 0 ? ranked[0] : null;
  };
  const detect: FormatDescriptor['detect'] = (files) => {
    const found = best(files);
    return found === null
      ? { confidence: 0, why: `No file is ${format.name}.` }
      : { confidence: found.confidence, why: `${found.file.source.path} reads as ${format.name}.` };
  };
  const chosen = (files: readonly ProbedFile[]): ProbedFile => {
    const found = best(files);
    if (found !== null) return found.file;
    throw new ParseError(`No file is ${format.name}.`, {
      code: 'unknown-format',
      remedy: `Drop a ${format.extensions.map((extension) => `.${extension}`).join(' or ')} file.`,
    });
  };
  const others = (files: readonly ProbedFile[], used: ProbedFile): string[] =>
    files.filter((file) => file !== used).map((file) => file.source.path);

  return {
    ...format,
    detect,
    async preview(files, context): Promise<ImportPreview> {
      const file = chosen(files);
      const notices = createNoticeList();
      noteUnusedFiles(notices, others(files, file));
      const sample = previewSink(
        tablesFor(format, file, DEFAULT_IMPORT_OPTIONS, context, createNoticeList()),
      );
      try {
        await format.read(file, sample.sink, context);
      } catch (error) {
        if (!(error instanceof EnoughSeen)) throw error;
      }
      return {
        formatId: format.id,
        formatName: format.name,
        why: detect(files).why,
        title: '',
        tables: previewTables(file, format.dialect(file), sample),
        notices: notices.all(),
      };
    },
    async read(files, options, context): Promise<ImportResult> {
      const file = chosen(files);
      const notices = createNoticeList();
      noteUnusedFiles(notices, others(files, file));
      const tables = tablesFor(format, file, options, context, notices);
      const hints = (await format.read(file, tables, context)) ?? {};
      throwIfCancelled(context.signal, `Reading ${file.source.path}`);
      const graph = await graphOf(tables, file, options, context);
      const rowsRead = tables.numNodeRecords + tables.numEdgeRecords;
      const chosenHints = hintsOfRoles(Object.entries(rolesOf(file, options).nodes));
      return importResult(
        format.id,
        graph,
        rowsRead,
        labelsOf(tables),
        { ...hints, ...chosenHints },
        notices,
      );
    },
  };
}

function tablesFor(
  format: RecordFormat,
  file: ProbedFile,
  options: ImportOptions,
  context: ReadContext,
  notices: RecordSink['notices'],
): RecordTables {
  return new RecordTables({
    file: file.source.path,
    limits: context.limits,
    notices,
    roles: rolesOf(file, options),
    undeclared: format.undeclared,
  });
}

function graphOf(
  tables: RecordTables,
  file: ProbedFile,
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult['graph']> {
  const { nodes, edges, notices } = tables;
  const rowOf = tables.settleEdges(options.missingNodes);
  const finish = (owner: Owner, table: AttributeTable, length: number, rows: Int32Array | null): Column[] =>
    [...table.values()].flatMap((attribute) => {
      const chosen = options.kinds[recordTablePath(file, owner)]?.[attribute.name];
      const column = attribute.finish(length, rows, startFor(tables.roleOf(owner, attribute.name), chosen));
      return column === null ? [] : [convertChosen(column, chosen, notices, file.source.path)];
    });
  for (const type of nodes.types) {
    type.columns.push((length) => finish('nodes', tables.attributesOf(type), length, null));
  }
  const numEdges = edges.source.length;
  return assembleGraph(
    {
      name: tables.name,
      nodes,
      edges,
      edgeColumns: finish('edges', tables.edgeAttributes, numEdges, rowOf),
      directed: options.direction === 'auto' ? null : options.direction === 'directed',
      weight:
        [...tables.edgeAttributes.keys()].find((name) => tables.roleOf('edges', name) === 'weight') ?? null,
      policies: options,
      notices,
    },
    context,
  );
}

function startFor(role: ColumnRole, chosen: Column['kind'] | undefined): 'labels' | 'text' | undefined {
  if (chosen === 'text' || chosen === 'category') return 'text';
  return chosen === undefined && (role === 'label' || role === 'split') ? 'labels' : undefined;
}

function labelsOf(tables: RecordTables): string[] {
  return mergedNames(tables.nodes.types.map((type) => tables.attributesOf(type))).filter(
    (name) => tables.roleOf('nodes', name) === 'label',
  );
}
