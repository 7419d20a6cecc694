/** The beginning of a record file for the import dialog: a sink that samples rows and ends the reading when it has enough. */
import type { AttributeEntry, RecordSink } from './recordTypes.ts';
import type { Owner, RecordTables } from './recordTables.ts';

const SAMPLE_ROWS = 20;
/** Nodes come before edges in most files: so many records of nodes are read on the way to the first edges. */
const MAX_NODES = 20_000;
const MAX_EDGES = 200;
const MAX_CELL = 120;

/** Thrown by the sink of a preview; ends the reading and is caught by it. */
export class EnoughSeen extends Error {
  override readonly name = 'EnoughSeen';
}

export interface RecordSample {
  readonly sink: RecordSink;
  readonly tables: RecordTables;
  /** Attributes of the sampled rows, those that became a type or a relation included. */
  names(owner: Owner): string[];
  /** First rows as text: fixed columns first, then `names`. */
  rows(owner: Owner, names: readonly string[]): string[][];
}

interface SampleRow {
  readonly fixed: readonly string[];
  readonly cells: ReadonlyMap<string, string>;
}

/** Wraps the tables of a preview. */
export function previewSink(tables: RecordTables): RecordSample {
  const rows = { nodes: [] as SampleRow[], edges: [] as SampleRow[] };
  const seen = { nodes: 0, edges: 0 };
  const take = (owner: Owner, fixed: readonly string[], attributes: readonly AttributeEntry[]): void => {
    if (rows[owner].length < SAMPLE_ROWS) {
      const cells = attributes.map(([name, value]) => [name, cellOf(value)] as const);
      rows[owner].push({ fixed, cells: new Map(cells) });
    }
    seen[owner]++;
    if (seen.nodes >= MAX_NODES || seen.edges >= MAX_EDGES) throw new EnoughSeen();
  };
  return {
    tables,
    sink: {
      notices: tables.notices,
      setName: (name) => tables.setName(name),
      setDirected: (directed) => tables.setDirected(directed),
      preferIds: (attribute) => tables.preferIds(attribute),
      declare: (...declaration) => tables.declare(...declaration),
      node(record) {
        const attributes = [...(record.attributes ?? [])];
        tables.node({ ...record, attributes });
        take('nodes', [record.id], attributes);
      },
      edge(record) {
        const attributes = [...(record.attributes ?? [])];
        tables.edge({ ...record, attributes });
        take('edges', [record.source, record.target], attributes);
      },
    },
    names: (owner) => [...new Set(rows[owner].flatMap(({ cells }) => [...cells.keys()]))],
    rows: (owner, names) =>
      rows[owner].map(({ fixed, cells }) => [...fixed, ...names.map((name) => cells.get(name) ?? '')]),
  };
}

function cellOf(value: AttributeEntry[1]): string {
  if (value === null) return '';
  const text =
    value instanceof Date
      ? value.toISOString()
      : Array.isArray(value)
        ? `[${value.join(', ')}]`
        : String(value);
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text;
}
