/** Random typed graphs in every one-file format, read back by independent parsers. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../core/graph.ts';
import { type CellFact, graphFacts, type NodeFact, typedGraph } from './graphArbitraries.ts';
import {
  exportedText,
  gmlList,
  type GmlPair,
  type GmlValue,
  parseGml,
  parseXml,
  printable,
  wellFormed,
  type XmlNode,
} from './parsersForTests.ts';

interface PlainNode {
  readonly id: string;
  readonly cells: readonly (readonly [string, CellFact])[];
}

interface PlainEdge {
  readonly source: string;
  readonly target: string;
  readonly directed: boolean;
  readonly relation: string | null;
  readonly cells: PlainNode['cells'];
}

/** What a file with one list of nodes and one of edges must say of a graph, written down without the exporters' code. */
function expectedOf(graph: Graph, fix: (text: string) => string): { nodes: PlainNode[]; edges: PlainEdge[] } {
  const { nodes, edges } = graphFacts(graph);
  const types = new Set(nodes.map(({ type }) => type));
  const areUnique = new Set(nodes.map(({ id }) => id)).size === nodes.length;
  const lookPrefixed = nodes.every(({ id, type }) => id.startsWith(`${type}:`));
  const idOf = ({ id, type }: NodeFact): string =>
    fix(types.size > 1 && (!areUnique || lookPrefixed) ? `${type}:${id}` : id);
  const hasTypes = graph.nodeTypes.length > 1 || graph.nodeTypes[0]?.name !== 'node';
  const nodeKinds = graph.nodeTypes.flatMap(({ columns }) => columns);
  const fixed = (fact: CellFact): CellFact => (typeof fact === 'string' ? fix(fact) : fact);
  const cellsOf = (cells: NodeFact['cells'], columns: Graph['edgeColumns']): PlainNode['cells'] =>
    cells.map(([name, value]) => {
      const kinds = new Set(columns.filter((column) => column.name === name).map(({ kind }) => kind));
      const isText = kinds.size > 1 && ![...kinds].every((kind) => ['f32', 'f64', 'i32'].includes(kind));
      return [fix(name), isText ? fix(textOfFact(value)) : fixed(value)];
    });
  return {
    nodes: nodes.map((node) => ({
      id: idOf(node),
      cells: [
        ...(hasTypes ? [['node_type', fix(node.type)] as const] : []),
        ...cellsOf(node.cells, nodeKinds),
      ],
    })),
    edges: edges.map((edge) => ({
      source: idOf(edge.source),
      target: idOf(edge.target),
      directed: edge.directed,
      relation: fix(edge.relation),
      cells: cellsOf(edge.cells, graph.edgeColumns),
    })),
  };
}

const textOfFact = (value: CellFact): string =>
  Array.isArray(value) ? JSON.stringify(value) : String(value);
const sorted = (cells: PlainNode['cells']): PlainNode['cells'] =>
  [...cells].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));

function expectSame(
  actual: { readonly nodes: PlainNode[]; readonly edges: PlainEdge[] },
  expected: { readonly nodes: PlainNode[]; readonly edges: PlainEdge[] },
  cellOf: (cell: readonly [string, CellFact]) => readonly [string, CellFact] = (cell) => cell,
): void {
  const plain = (cells: PlainNode['cells']): PlainNode['cells'] => sorted(cells.map(cellOf));
  expect(actual.nodes.map((node) => ({ ...node, cells: sorted(node.cells) }))).toEqual(
    expected.nodes.map((node) => ({ ...node, cells: plain(node.cells) })),
  );
  expect(actual.edges.map((edge) => ({ ...edge, cells: sorted(edge.cells) }))).toEqual(
    expected.edges.map((edge) => ({ ...edge, cells: plain(edge.cells) })),
  );
}

/** Takes the structural members out of an edge's cells. */
function edgeFrom(
  source: string,
  target: string,
  all: PlainNode['cells'],
  relationName: string,
  graphDirected: boolean,
): PlainEdge {
  const member = (name: string): CellFact | undefined => all.find(([own]) => own === name)?.[1];
  return {
    source,
    target,
    relation: (member(relationName) as string | undefined) ?? 'edge',
    directed: (member('directed') as boolean | undefined) ?? graphDirected,
    cells: all.filter(([name]) => name !== relationName && name !== 'directed'),
  };
}

const members = (data: object, ...without: string[]): PlainNode['cells'] =>
  Object.entries(data as Record<string, CellFact>).filter(([name]) => !without.includes(name));

type Json = Record<string, unknown>;
type JsonParts = { readonly nodes: Json[]; readonly edges: Json[]; readonly directed: boolean };

const JSON_FORMATS: Readonly<Record<string, (json: unknown) => JsonParts>> = {
  'graph-node-link': (json) => json as JsonParts,
  'graph-cytoscape': (json) => {
    const { elements, directed } = json as {
      elements: { nodes: { data: Json }[]; edges: { data: Json }[] };
      directed: boolean;
    };
    return {
      directed,
      nodes: elements.nodes.map(({ data }) => data),
      edges: elements.edges.map(({ data }) => data),
    };
  },
};

describe('random typed graphs', () => {
  it.each(Object.entries(JSON_FORMATS))('%s', async (id, partsOf) => {
    await fc.assert(
      fc.asyncProperty(typedGraph(), async (graph) => {
        const { nodes, edges, directed } = partsOf(JSON.parse(await exportedText(id, { graph, run: null })));
        const actual = {
          nodes: nodes.map((node) => ({ id: node['id'] as string, cells: members(node, 'id') })),
          edges: edges.map((edge) => {
            const { source, target } = edge as { source: string; target: string };
            return edgeFrom(source, target, members(edge, 'source', 'target'), 'relation', directed);
          }),
        };
        expectSame(actual, expectedOf(graph, wellFormed));
      }),
    );
  });

  it('graph-cx2, with every value of its declared type', async () => {
    await fc.assert(
      fc.asyncProperty(typedGraph(), async (graph) => {
        const aspects = JSON.parse(await exportedText('graph-cx2', { graph, run: null })) as Json[];
        const aspect = <T>(name: string): T[] =>
          (aspects.find((own) => Object.hasOwn(own, name))?.[name] as T[] | undefined) ?? [];
        const nodes = aspect<{ id: number; v: { name: string } }>('nodes');
        const edges = aspect<{ id: number; s: number; t: number; v: object }>('edges');
        const [network] = aspect<{ directed: boolean }>('networkAttributes');
        const [declared] =
          aspect<Record<'nodes' | 'edges', Record<string, { d: string }>>>('attributeDeclarations');
        for (const { v } of nodes) expectDeclared(v, declared?.nodes);
        for (const { v } of edges) expectDeclared(v, declared?.edges);
        expect(nodes.map(({ id }) => id)).toEqual(nodes.map((_, at) => at));
        const nameOf = (id: number): string => nodes[id]?.v.name as string;
        const actual = {
          nodes: nodes.map(({ v }) => ({ id: v.name, cells: members(v, 'name') })),
          edges: edges.map(({ s, t, v }) =>
            edgeFrom(nameOf(s), nameOf(t), members(v), 'interaction', network?.directed === true),
          ),
        };
        expectSame(actual, expectedOf(graph, wellFormed));
      }),
    );
  });

  it.each(['graph-graphml', 'graph-gexf'])('%s', async (id) => {
    await fc.assert(
      fc.asyncProperty(typedGraph(), async (graph) => {
        const text = await exportedText(id, { graph, run: null });
        // An XML parser of its own standing, namespaces included, beside the small one that gives the tree.
        new SaxesParser({ xmlns: true }).write(text).close();
        const actual = (id === 'graph-gexf' ? gexfParts : graphmlParts)(parseXml(text));
        expectSame(actual, expectedOf(graph, printable), ([name, value]) => [name, textOfFact(value)]);
      }),
    );
  });

  it('graph-gml', async () => {
    await fc.assert(
      fc.asyncProperty(typedGraph(), async (graph) => {
        const pairs = parseGml(await exportedText('graph-gml', { graph, run: null }));
        const body = gmlList(pairs, 'graph');
        const expected = expectedOf(graph, wellFormed);
        const nodes = body.filter(([key]) => key === 'node').map(([, value]) => value as GmlPair[]);
        const edges = body.filter(([key]) => key === 'edge').map(([, value]) => value as GmlPair[]);
        expect(nodes.map((node) => new Set(node.map(([key]) => key)).size)).toEqual(
          expected.nodes.map(({ cells }) => 2 + cells.length),
        );
        const isMixed = graph.edgeTypes.directed.includes(0) && graph.edgeTypes.directed.includes(1);
        expect(nodes.map((node) => node.map(([, value]) => gmlPlain(value)))).toEqual(
          expected.nodes.map(({ id, cells }, at) => [
            at,
            id,
            ...cells.flatMap(([, value]) => gmlExpected(value)),
          ]),
        );
        expect(edges.map((edge) => edge.map(([, value]) => gmlPlain(value)))).toEqual(
          expected.edges.map(({ source, target, relation, directed, cells }) => [
            expected.nodes.findIndex(({ id }) => id === source),
            expected.nodes.findIndex(({ id }) => id === target),
            relation,
            ...(isMixed ? [Number(directed)] : []),
            ...cells.flatMap(([, value]) => gmlExpected(value)),
          ]),
        );
      }),
    );
  });
});

const gmlPlain = (value: GmlValue): unknown =>
  typeof value === 'object' && 'real' in value ? value.real : value;

/** A vector is its key once for each number. */
const gmlExpected = (value: CellFact): unknown => (typeof value === 'boolean' ? Number(value) : value);

const DECLARED: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  double: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  list_of_double: (value) => Array.isArray(value) && value.every((item) => typeof item === 'number'),
};

function expectDeclared(values: object, declared: Record<string, { d: string }> | undefined): void {
  for (const [name, value] of Object.entries(values)) {
    const type = declared !== undefined && Object.hasOwn(declared, name) ? declared[name]?.d : undefined;
    expect([name, DECLARED[type ?? '']?.(value)]).toEqual([name, true]);
  }
}

const childrenOf = (node: XmlNode, name: string): XmlNode[] =>
  node.children.filter((child) => child.name === name);
const childOf = (node: XmlNode, name: string): XmlNode => childrenOf(node, name)[0] as XmlNode;

function graphmlParts(root: XmlNode): { nodes: PlainNode[]; edges: PlainEdge[] } {
  const names = new Map(
    childrenOf(root, 'key').map(({ attributes }) => [attributes['id'], attributes['attr.name']]),
  );
  const graph = childOf(root, 'graph');
  const cellsOf = (element: XmlNode): PlainNode['cells'] =>
    childrenOf(element, 'data').map((data) => [names.get(data.attributes['key']) as string, data.text]);
  const byDefault = graph.attributes['edgedefault'] === 'directed';
  return {
    nodes: childrenOf(graph, 'node').map((node) => ({
      id: node.attributes['id'] as string,
      cells: cellsOf(node),
    })),
    edges: childrenOf(graph, 'edge').map((edge) => {
      const { source = '', target = '', directed } = edge.attributes;
      const isDirected = directed === undefined ? byDefault : directed === 'true';
      return edgeFrom(source, target, cellsOf(edge), 'relation', isDirected);
    }),
  };
}

function gexfParts(root: XmlNode): { nodes: PlainNode[]; edges: PlainEdge[] } {
  const graph = childOf(root, 'graph');
  const titles = (owner: string): Map<string | undefined, string | undefined> =>
    new Map(
      childrenOf(graph, 'attributes')
        .filter(({ attributes }) => attributes['class'] === owner)
        .flatMap(({ children }) => children.map(({ attributes }) => [attributes['id'], attributes['title']])),
    );
  const cellsOf = (element: XmlNode, names: ReturnType<typeof titles>): PlainNode['cells'] =>
    childrenOf(element, 'attvalues').flatMap(({ children }) =>
      children.map(({ attributes }) => [
        names.get(attributes['for']) as string,
        attributes['value'] as string,
      ]),
    );
  const [nodeTitles, edgeTitles] = [titles('node'), titles('edge')];
  return {
    nodes: childOf(graph, 'nodes').children.map((node) => ({
      id: node.attributes['id'] as string,
      cells: cellsOf(node, nodeTitles),
    })),
    edges: childOf(graph, 'edges').children.map((edge) => {
      const { source = '', target = '', kind = 'edge', type } = edge.attributes;
      const directed = (type ?? graph.attributes['defaultedgetype']) === 'directed';
      return { source, target, relation: kind, directed, cells: cellsOf(edge, edgeTitles) };
    }),
  };
}
