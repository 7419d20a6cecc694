/**
 * GDF of GUESS, as Gephi reads it: a table of nodes below `nodedef>` and a table of edges below `edgedef>`, columns
 * declared with types, cells separated by commas and quoted with " or '. `color` and `width` of nodes are kept as
 * `viz_color` and `size`.
 */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textLines } from '../bytes/readText.ts';
import { decodeHead } from '../bytes/textEncoding.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { AttributeEntry, DeclaredKind, RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';

const KINDS: readonly (readonly [RegExp, DeclaredKind])[] = [
  [/^(?:tiny|small|big)?int(?:eger)?$/, 'integer'],
  [/^(?:double|float|real|number|numeric|decimal)$/, 'number'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^(?:long)?(?:var)?char$|^text$|^string$/, 'text'],
];
const NODE_NAMES = new Map([
  ['color', 'viz_color'],
  ['width', 'size'],
]);
const HEADER = /^\s*(node|edge)def\s*>/i;

interface Table {
  readonly owner: 'nodes' | 'edges';
  readonly names: readonly string[];
  /** Positions of id, or of source and target. */
  readonly keys: readonly number[];
  readonly directed: number;
}

/** Cells of a row; a comma within quotes is part of its cell, a doubled quote stands for one. */
function cellsOf(text: string, path: string, line: number): string[] {
  const cells: string[] = [];
  const cell = /\s*(?:"([^"]*(?:""[^"]*)*)"|'([^']*(?:''[^']*)*)'|([^,]*))\s*(,|$)/y;
  for (;;) {
    const match = cell.exec(text);
    const isOpen = match !== null && /^["']/.test(match[3] ?? '');
    if (match === null || isOpen)
      failSyntax(
        path,
        line,
        `a quote is not closed in cell ${cells.length + 1}.`,
        'Close it before the comma.',
        'unclosed-quote',
      );
    cells.push(
      match[1]?.replaceAll('""', '"') ?? match[2]?.replaceAll("''", "'") ?? (match[3] as string).trim(),
    );
    if (match[4] === '') return cells;
  }
}

function kindOf(type: string): DeclaredKind {
  const word = type.toLowerCase().replace(/\(.*\)$/, '');
  return KINDS.find(([pattern]) => pattern.test(word))?.[1] ?? (word === '' ? 'text' : 'words');
}

function readHeader(text: string, path: string, line: number, sink: RecordSink): Table {
  const owner = HEADER.exec(text)?.[1]?.toLowerCase() === 'node' ? 'nodes' : 'edges';
  const columns = cellsOf(text.replace(HEADER, ''), path, line).map((cell) => {
    const [, name = '', type = '', rest = ''] = /^(\S*)\s*(\S*)\s*(.*)$/.exec(cell) ?? [];
    return { name, type, fallback: /^default\s+['"]?([^'"]*)['"]?$/i.exec(rest)?.[1] ?? null };
  });
  const names = columns.map(({ name }) => (owner === 'nodes' ? (NODE_NAMES.get(name) ?? name) : name));
  const find = (wanted: string): number => columns.findIndex(({ name }) => name.toLowerCase() === wanted);
  const keys = (owner === 'nodes' ? ['name'] : ['node1', 'node2']).map((key) => {
    const at = find(key);
    if (at < 0)
      failSyntax(
        path,
        line,
        `there is no column '${key}'.`,
        `Name ${owner === 'nodes' ? 'the id column name' : 'the columns of ends node1 and node2'}.`,
        'missing-column',
      );
    return at;
  });
  columns.forEach(({ type, fallback }, at) => {
    if (owner === 'edges' && at === find('directed')) sink.setDirected(fallback === 'true');
    else if (!keys.includes(at)) sink.declare(owner, names[at] as string, kindOf(type), fallback);
  });
  return { owner, names, keys, directed: owner === 'edges' ? find('directed') : -1 };
}

function pushRow(table: Table, cells: readonly string[], path: string, line: number, sink: RecordSink): void {
  if (cells.length > table.names.length)
    failSyntax(
      path,
      line,
      `${cells.length} cells for ${table.names.length} columns.`,
      'Put texts that hold commas into quotes.',
      'ragged-row',
    );
  const keys = table.keys.map((at) => cells[at] ?? '');
  const empty = keys.indexOf('');
  if (empty >= 0)
    failSyntax(
      path,
      line,
      `${shown(table.names[table.keys[empty] as number] as string)} is empty.`,
      'Give every node a name.',
      'empty-id',
    );
  const attributes: AttributeEntry[] = [];
  cells.forEach((cell, at) => {
    if (cell !== '' && at !== table.directed && !table.keys.includes(at))
      attributes.push([table.names[at] as string, cell]);
  });
  if (table.owner === 'nodes') return sink.node({ id: keys[0] as string, line, attributes });
  const word = (cells[table.directed] ?? '').toLowerCase();
  sink.edge({
    source: keys[0] as string,
    target: keys[1] as string,
    line,
    attributes,
    ...(word === '' ? {} : { directed: word === 'true' || word === '1' }),
  });
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  let table: Table | null = null;
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      if (text.trim() === '') continue;
      if (HEADER.test(text)) table = readHeader(text, path, line, sink);
      else if (table === null)
        failSyntax(
          path,
          line,
          `${shown(text)} stands before 'nodedef>'.`,
          'Begin with `nodedef>name VARCHAR`.',
        );
      else pushRow(table, cellsOf(text, path, line), path, line, sink);
    }
  }
}

/** Reads https://gephi.org/users/supported-graph-formats/gdf-format/. */
export const gdf = recordFormat({
  id: 'gdf',
  name: 'GDF (GUESS)',
  summary: 'A table of nodes and a table of edges with declared columns, in one file.',
  extensions: ['gdf'],
  source: 'https://gephi.org/users/supported-graph-formats/gdf-format/',
  undeclared: 'words',
  dialect: () => 'GDF',
  recognise: (file) => (/^\s*nodedef\s*>\s*name\b/i.test(decodeHead(file.head.subarray(0, 1024))) ? 1 : 0),
  read,
});
