/**
 * What a writer writes, our reader opens again: ids, node types, relations, direction, attributes and their kinds. Each
 * format with random graphs of all it can carry; what it cannot is named beside it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, isValid } from '../core/columns.ts';
import { type Graph, isNodeDeleted } from '../core/graph.ts';
import { memorySource } from '../io/fileSource.ts';
import { importFiles } from '../io/importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../io/importTypes.ts';
import {
  type EdgeFact,
  graphFacts,
  type NodeFact,
  typedGraph,
  type TypedGraphOptions,
} from './graphArbitraries.ts';
import { isEdgeKept } from './elementIds.ts';
import { EXPORTERS } from './index.ts';

interface RoundTrip {
  readonly id: string;
  readonly carries: TypedGraphOptions;
  /** True where the format says how wide a number is; else numbers come back as wide as their digits need. */
  readonly declaresWidths: boolean;
}

const SCALARS = ['f32', 'f64', 'i32', 'bool', 'category', 'text', 'date'] as const;

const FORMATS: readonly RoundTrip[] = [
  // Dates and vectors are strings by declaration.
  {
    id: 'graph-graphml',
    carries: { kinds: ['f32', 'f64', 'i32', 'bool', 'category', 'text'] },
    declaresWidths: true,
  },
  // GEXF 1.3 has no word for dates.
  {
    id: 'graph-gexf',
    carries: { kinds: ['f32', 'f64', 'i32', 'bool', 'category', 'text', 'vector'] },
    declaresWidths: true,
  },
  // GML has integers, reals and strings.
  { id: 'graph-gml', carries: { kinds: ['i32', 'category', 'text'] }, declaresWidths: false },
  {
    id: 'graph-cx2',
    carries: { kinds: ['f64', 'i32', 'bool', 'category', 'text', 'vector'] },
    declaresWidths: false,
  },
  {
    id: 'graph-cytoscape',
    carries: { kinds: ['f64', 'i32', 'bool', 'category', 'text', 'date', 'vector'] },
    declaresWidths: false,
  },
  {
    id: 'graph-node-link',
    carries: { kinds: ['f64', 'i32', 'bool', 'category', 'text', 'date', 'vector'] },
    declaresWidths: false,
  },
  { id: 'tables-csv', carries: { kinds: SCALARS }, declaresWidths: false },
  { id: 'tables-parquet', carries: { kinds: [...SCALARS, 'vector'] }, declaresWidths: true },
];

const label = ({ type, id }: NodeFact): string => `${type}:${id}`;
const cellsOf = ({ cells }: { readonly cells: NodeFact['cells'] }): string =>
  JSON.stringify([...cells].sort(([a], [b]) => (a < b ? -1 : 1)));
const nodeText = (node: NodeFact): string => `${label(node)} ${cellsOf(node)}`;
/** The ends of an undirected edge have no order. */
const edgeText = (edge: EdgeFact): string => {
  const ends = [label(edge.source), label(edge.target)];
  return `${(edge.directed ? ends : ends.sort()).join(edge.directed ? ' -> ' : ' -- ')} ${edge.relation} ${cellsOf(edge)}`;
};

function factsOf(graph: Graph): { readonly nodes: string[]; readonly edges: string[] } {
  const { nodes, edges } = graphFacts(graph);
  return { nodes: nodes.map(nodeText).sort(), edges: edges.map(edgeText).sort() };
}

/** Kinds of the columns that hold something; few rows do not tell categories from text. */
function kindsOf(graph: Graph, declaresWidths: boolean): string[] {
  const kindOf = ({ kind }: Column): string => {
    if (kind === 'category' || kind === 'text') return 'words';
    return !declaresWidths && ['f32', 'f64', 'i32'].includes(kind) ? 'number' : kind;
  };
  const tables = [
    ...graph.nodeTypes.map(({ name, columns }, type) => ({
      name,
      columns,
      isKept: (row: number) => !isNodeDeleted(graph, (graph.nodeTypePtr[type] as number) + row),
    })),
    { name: 'edges', columns: graph.edgeColumns, isKept: (row: number) => isEdgeKept(graph, row) },
  ];
  return tables
    .flatMap(({ name, columns, isKept }) =>
      columns.flatMap((column) => {
        const rows = Array.from({ length: column.length }, (_, row) => row);
        return rows.some((row) => isKept(row) && isValid(column, row))
          ? [`${name}.${column.name}: ${kindOf(column)}`]
          : [];
      }),
    )
    .sort();
}

async function writeAndRead(id: string, graph: Graph): Promise<Graph> {
  const { fileName, bytes } = await EXPORTERS.get(id).write({ graph, run: null });
  return (await importFiles([memorySource(fileName, bytes)], DEFAULT_IMPORT_OPTIONS)).graph;
}

describe.each(FORMATS)('$id', ({ id, carries, declaresWidths }) => {
  it('opens again as it was', async () => {
    const graphs = typedGraph({ texts: 'words', sharesNames: false, ...carries }).filter(
      (graph) => graphFacts(graph).nodes.length > 0,
    );
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const read = await writeAndRead(id, graph);
        expect(factsOf(read)).toEqual(factsOf(graph));
        expect(kindsOf(read, declaresWidths)).toEqual(kindsOf(graph, declaresWidths));
      }),
      { numRuns: 150 },
    );
  });
});
