/**
 * JSON Graph Format: `graph` or `graphs`, nodes as a list (version 1) or by id (version 2), attributes in `metadata`.
 * Of several graphs the first is read; hyperedges are noted.
 */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { attributesOf } from '../json/jsonAttributes.ts';
import {
  failRecord,
  forEachObject,
  forEachValue,
  idText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  listMember,
  nameText,
  objectOrEmpty,
  type RecordPlace,
} from '../json/jsonValue.ts';
import { jsonHead, readJson } from '../json/readJson.ts';
import { counted } from '../notices.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';

/** The graph to read: the only one, or the first. */
function firstGraph(root: JsonObject): JsonObject | null {
  if (isObject(root.graph)) return root.graph;
  return isArray(root.graphs) && isObject(root.graphs[0]) ? root.graphs[0] : null;
}

function recognise(file: ProbedFile): number {
  const root = jsonHead(file);
  if (!isObject(root) || isArray(root.nodes)) return /\.jgf$/i.test(file.source.path) ? 0.5 : 0;
  const graph = firstGraph(root);
  if (graph === null) return /\.jgf$/i.test(file.source.path) ? 0.5 : 0;
  const isGraph = ['nodes', 'edges', 'hyperedges'].some((name) => typeof graph[name] === 'object');
  return isGraph ? 0.95 : 0;
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const root = objectOrEmpty(await readJson(file, sink, context));
  const graph = firstGraph(root) ?? failGraph(file);
  if (isArray(root.graphs) && root.graphs.length > 1) noteGraphs(file, root.graphs.length - 1, sink);
  sink.setName(nameText(graph.label) || nameText(graph.id));
  sink.setDirected(graph.directed !== false);
  await readNodes(file, graph, sink, context);
  await forEachObject(file, 'edges', listMember(file, graph, 'edges'), context, (edge, place) => {
    if (isArray(edge.nodes) || isArray(edge.source) || isArray(edge.target)) {
      return noteHyperedge(file, place, sink);
    }
    readEdge(edge, place, sink);
  });
  await forEachObject(file, 'hyperedges', listMember(file, graph, 'hyperedges'), context, (_, place) =>
    noteHyperedge(file, place, sink),
  );
}

function failGraph(file: ProbedFile): never {
  const { path } = file.source;
  throw new ParseError(`${path} has neither 'graph' nor 'graphs'.`, {
    code: 'no-graph',
    remedy: "Put nodes and edges into an object 'graph', as JSON Graph Format has it.",
    details: { file: path },
  });
}

/** Metadata without a prefix; members of the format itself come first and win. */
const attributesBeside = (record: JsonObject, skip: readonly string[]): AttributeEntry[] => [
  ...attributesOf(record, [...skip, 'metadata']),
  ...attributesOf(objectOrEmpty(record.metadata)),
];

async function readNodes(
  file: ProbedFile,
  graph: JsonObject,
  sink: RecordSink,
  context: ReadContext,
): Promise<void> {
  if (isObject(graph.nodes)) {
    const entries = Object.entries(graph.nodes);
    const values = entries.map(([, node]) => node ?? null);
    return forEachValue(file, 'nodes', values, context, (node, { index }) => {
      const [id] = entries[index] as [string, JsonValue];
      sink.node({ id, line: index + 1, attributes: attributesBeside(objectOrEmpty(node), []) });
    });
  }
  await forEachObject(file, 'nodes', listMember(file, graph, 'nodes'), context, (node, place) => {
    const id = idText(node.id) ?? failRecord(place, 'node-without-id', "no 'id'", "Give every node an 'id'.");
    sink.node({ id, line: place.index + 1, attributes: attributesBeside(node, ['id']) });
  });
}

function readEdge(edge: JsonObject, place: RecordPlace, sink: RecordSink): void {
  const end = (name: 'source' | 'target'): string =>
    idText(edge[name]) ??
    failRecord(place, 'edge-without-end', `no '${name}'`, "Give every edge a 'source' and a 'target'.");
  sink.edge({
    source: end('source'),
    target: end('target'),
    line: place.index + 1,
    ...(typeof edge.relation === 'string' && edge.relation !== '' ? { relation: edge.relation } : {}),
    ...(typeof edge.directed === 'boolean' ? { directed: edge.directed } : {}),
    attributes: attributesBeside(edge, ['source', 'target', 'relation', 'directed']),
  });
}

function noteHyperedge(file: ProbedFile, place: RecordPlace, sink: RecordSink): void {
  const { path } = file.source;
  sink.notices.add(
    {
      severity: 'warning',
      code: 'hyperedges-not-read',
      file: path,
      words: (count) => `${path}: ${counted(count, 'hyperedge')} left out; an edge here has two ends.`,
    },
    place.index + 1,
    () => `${place.list}[${place.index}]`,
  );
}

function noteGraphs(file: ProbedFile, count: number, sink: RecordSink): void {
  const { path } = file.source;
  sink.notices.say({
    severity: 'warning',
    code: 'graphs-not-read',
    file: path,
    message: `${path}: the first graph was read; ${counted(count, 'more graph')} left out.`,
    count,
  });
}

/** Directed unless `directed` of the graph or the edge says otherwise, as the schema has it. */
export const jgf = recordFormat({
  id: 'jgf',
  name: 'JSON Graph Format',
  summary: 'A graph with nodes, edges and metadata, versions 1 and 2.',
  extensions: ['jgf', 'json'],
  source: 'https://jsongraphformat.info/',
  undeclared: 'values',
  dialect: () => 'JSON Graph Format',
  recognise,
  read,
});
