/** JSON that graphology's `graph.export()` writes: keys, attributes and options. */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { attributesOf } from '../json/jsonAttributes.ts';
import {
  failRecord,
  forEachObject,
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
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';

function isNode(value: JsonValue | undefined): boolean {
  if (!isObject(value) || value.key === undefined) return false;
  return Object.keys(value).every((name) => name === 'key' || name === 'attributes');
}

function recognise(file: ProbedFile): number {
  const root = jsonHead(file);
  if (!isObject(root) || !isArray(root.nodes)) return 0;
  if (isNode(root.nodes[0])) return 1;
  const { options } = root;
  return root.nodes.length === 0 && isObject(options) && 'allowSelfLoops' in options ? 1 : 0;
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const root = objectOrEmpty(await readJson(file, sink, context));
  const { name, title } = objectOrEmpty(root.attributes);
  sink.setName(nameText(name) || nameText(title));
  // A graph of type `mixed`, the default, has directed edges but for those that say `undirected`.
  const isUndirected = objectOrEmpty(root.options).type === 'undirected';
  sink.setDirected(!isUndirected);
  await forEachObject(file, 'nodes', listMember(file, root, 'nodes'), context, (node, place) => {
    sink.node({
      id: member(node, 'key', place),
      line: place.index + 1,
      attributes: attributesOf(objectOrEmpty(node.attributes)),
    });
  });
  await forEachObject(file, 'edges', listMember(file, root, 'edges'), context, (edge, place) => {
    sink.edge({
      source: member(edge, 'source', place),
      target: member(edge, 'target', place),
      line: place.index + 1,
      ...(edge.undirected === true ? { directed: false } : {}),
      attributes: attributesOf(objectOrEmpty(edge.attributes)),
    });
  });
}

function member(record: JsonObject, name: 'key' | 'source' | 'target', place: RecordPlace): string {
  return (
    idText(record[name]) ??
    failRecord(place, `no-${name}`, `no '${name}'`, 'Export the graph again with graph.export().')
  );
}

/** Keys of edges are left out: graphology makes them up. */
export const graphology = recordFormat({
  id: 'graphology',
  name: 'graphology JSON',
  summary: 'A graph that graphology exported, as Gephi Lite and sigma use it.',
  extensions: ['json'],
  source: 'https://graphology.github.io/serialization.html',
  undeclared: 'values',
  dialect: () => 'JSON, graphology',
  recognise,
  read,
});
