/**
 * JSON with a list of nodes and a list of edges: networkx node-link (old `links`, new `edges`) and adjacency data, d3,
 * sigma, vis.js. They differ in how nodes are named, which `json/nodeLinkShape.ts` finds out.
 */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { attributesOf } from '../json/jsonAttributes.ts';
import {
  forEachValue,
  idText,
  isArray,
  isNamedJson,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  listMember,
  nameText,
  objectOrEmpty,
} from '../json/jsonValue.ts';
import { edgeEnds, endsOf, type NodeIds, nodeIds } from '../json/nodeLinkShape.ts';
import { jsonHead, readJson } from '../json/readJson.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { findEnds } from '../tables/tableRoles.ts';

const EDGE_LISTS = ['links', 'edges', 'adjacency'] as const;

/** Nodes of graphology and Cytoscape.js keep their attributes in an object of their own. */
function isForeignNode(node: JsonValue | undefined): boolean {
  if (!isObject(node)) return false;
  if (isObject(node.data)) return true;
  return node.key !== undefined && Object.keys(node).every((name) => name === 'key' || name === 'attributes');
}

const edgeList = (root: JsonObject): (typeof EDGE_LISTS)[number] | undefined =>
  EDGE_LISTS.find((name) => isArray(root[name]));

function recognise(file: ProbedFile): number {
  const root = jsonHead(file);
  if (root === undefined) return isNamedJson(file) ? 0.4 : 0;
  if (!isObject(root)) return 0;
  const { nodes } = root;
  const list = edgeList(root);
  if (isArray(nodes)) return isForeignNode(nodes[0]) ? 0 : list === undefined ? 0.8 : 0.95;
  const firstEdge = list === undefined ? undefined : (root[list] as JsonArray)[0];
  if (isObject(firstEdge) && findEnds(Object.keys(firstEdge)) !== null) return 0.8;
  return isNamedJson(file) ? 0.4 : 0;
}

function dialect(file: ProbedFile): string {
  const root = objectOrEmpty(jsonHead(file));
  return `JSON, nodes and ${edgeList(root) ?? 'edges'}`;
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const root = objectOrEmpty(await readJson(file, sink, context));
  const list = edgeList(root);
  if (!isArray(root.nodes) && list === undefined) failShape(file);
  sink.setName(nameText(objectOrEmpty(root.graph).name) || nameText(root.name));
  const nodes = listMember(file, root, 'nodes');
  const ids = nodeIds(file, nodes);
  await readNodes(file, nodes, ids, sink, context);
  if (list === 'adjacency') {
    await readAdjacency(file, root, ids, sink, context);
  } else if (list !== undefined) {
    sink.setDirected(root.directed === true);
    await readEdges(file, list, listMember(file, root, list), ids, sink, context);
  }
}

async function readNodes(
  file: ProbedFile,
  nodes: JsonArray,
  { key, ids, isGuessed }: NodeIds,
  sink: RecordSink,
  context: ReadContext,
): Promise<void> {
  // A name that serves as id stays an attribute: it is what people look for.
  const skip = isGuessed || key === null ? [] : [key];
  await forEachValue(file, 'nodes', nodes, context, (node, { index }) => {
    sink.node({
      id: ids[index] as string,
      line: index + 1,
      attributes: isObject(node) ? attributesOf(node, skip) : [],
    });
  });
}

async function readEdges(
  file: ProbedFile,
  list: string,
  edges: JsonArray,
  ids: NodeIds,
  sink: RecordSink,
  context: ReadContext,
): Promise<void> {
  const ends = edgeEnds(file, list, edges, ids);
  await forEachValue(file, list, edges, context, (edge, place) => {
    const [source, target] = endsOf(edge, ends);
    const members = isArray(edge) ? objectOrEmpty(edge[2]) : objectOrEmpty(edge);
    const tellsDirection = typeof members.directed === 'boolean';
    const skip = [ends.sourceKey, ends.targetKey, ...(tellsDirection ? ['directed'] : [])];
    sink.edge({
      source: ends.idOf(source, place, ends.sourceKey),
      target: ends.idOf(target, place, ends.targetKey),
      line: place.index + 1,
      ...(tellsDirection ? { directed: members.directed === true } : {}),
      attributes: attributesOf(members, skip),
    });
  });
}

/**
 * Edges of networkx adjacency data: a list of neighbours per node. Those of an undirected graph stand at both ends and
 * are read at the end that comes first.
 */
async function readAdjacency(
  file: ProbedFile,
  root: JsonObject,
  { ids }: NodeIds,
  sink: RecordSink,
  context: ReadContext,
): Promise<void> {
  const directed = root.directed !== false;
  sink.setDirected(directed);
  const positions = new Map(ids.map((id, position) => [id, position]));
  const lists = listMember(file, root, 'adjacency');
  await forEachValue(file, 'adjacency', lists, context, (neighbours, { index }) => {
    const source = ids[index];
    if (source === undefined || !isArray(neighbours)) failAdjacency(file, index);
    for (const neighbour of neighbours) {
      const target = idText(objectOrEmpty(neighbour).id);
      if (target === null) failAdjacency(file, index);
      if (!directed && (positions.get(target) ?? index) < index) continue;
      sink.edge({
        source,
        target,
        line: index + 1,
        attributes: attributesOf(objectOrEmpty(neighbour), ['id']),
      });
    }
  });
}

function failAdjacency(file: ProbedFile, index: number): never {
  const { path } = file.source;
  throw new ParseError(`${path} adjacency[${index}]: expected the neighbours of node ${index + 1}.`, {
    code: 'bad-adjacency',
    remedy: "Give every node one list of neighbours, each an object with an 'id'.",
    details: { file: path, record: index + 1 },
  });
}

function failShape(file: ProbedFile): never {
  const { path } = file.source;
  throw new ParseError(`${path} is JSON but holds no graph that this version knows.`, {
    code: 'unknown-json',
    remedy: "Give it a list 'nodes' and a list 'links' or 'edges' with source and target, and drop it again.",
    details: { file: path },
  });
}

/** Members `nodes` and `links`, `edges` or `adjacency`; undirected unless `directed` says otherwise. */
export const nodeLink = recordFormat({
  id: 'node-link',
  name: 'JSON node-link',
  summary: 'Lists of nodes and edges, as networkx, d3, sigma and vis.js write them.',
  extensions: ['json'],
  source: 'https://networkx.org/documentation/stable/reference/readwrite/json_graph.html',
  undeclared: 'values',
  dialect,
  recognise,
  read,
});
