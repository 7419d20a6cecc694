/**
 * JSON of Cytoscape.js and of Cytoscape (.cyjs): elements with a `data` object, as one list or as lists of nodes and
 * edges. Positions become `x` and `y`, compound parents the attribute `parent`; styles are left out.
 */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { attributeValue, attributesOf } from '../json/jsonAttributes.ts';
import {
  failRecord,
  forEachObject,
  idText,
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  listMember,
  nameText,
  objectOrEmpty,
  type RecordPlace,
} from '../json/jsonValue.ts';
import { jsonHead, readJson } from '../json/readJson.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';

interface ElementList {
  readonly name: string;
  readonly items: JsonArray;
  /** Null where every element tells itself. */
  readonly group: 'nodes' | 'edges' | null;
}

const isElement = (value: JsonValue | undefined): boolean => isObject(value) && isObject(value.data);

function recognise(file: ProbedFile): number {
  const root = jsonHead(file);
  if (isArray(root)) return isElement(root[0]) ? 0.95 : 0;
  if (!isObject(root)) return /\.cyjs$/i.test(file.source.path) ? 0.5 : 0;
  const { elements } = root;
  if (isObject(elements)) return isArray(elements.nodes) || isArray(elements.edges) ? 1 : 0;
  if (isArray(elements)) return elements.length === 0 || isElement(elements[0]) ? 1 : 0;
  const isBare = [root.nodes, root.edges].some((list) => isArray(list) && isElement(list[0]));
  return isBare ? 0.95 : 0;
}

function elementLists(file: ProbedFile, root: JsonValue): ElementList[] {
  if (isArray(root)) return [{ name: 'elements', items: root, group: null }];
  const { elements } = objectOrEmpty(root);
  if (isArray(elements)) return [{ name: 'elements', items: elements, group: null }];
  const owner = isObject(elements) ? elements : objectOrEmpty(root);
  if (owner.nodes === undefined && owner.edges === undefined) failElements(file);
  return (['nodes', 'edges'] as const).map((group) => ({
    name: group,
    items: listMember(file, owner, group),
    group,
  }));
}

function failElements(file: ProbedFile): never {
  const { path } = file.source;
  throw new ParseError(`${path} has no 'elements'.`, {
    code: 'no-elements',
    remedy: 'Save the graph with cy.json(), or export it from Cytoscape as .cyjs.',
    details: { file: path },
  });
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const root = await readJson(file, sink, context);
  const graph = objectOrEmpty(root);
  const facts = objectOrEmpty(graph.data);
  sink.setName(nameText(facts.name) || nameText(facts.shared_name));
  sink.setDirected(graph.directed === true);
  for (const { name, items, group } of elementLists(file, root)) {
    await forEachObject(file, name, items, context, (element, place) => {
      const data = objectOrEmpty(element.data);
      if ((group ?? groupOf(element, data)) === 'edges') readEdge(element, data, place, sink);
      else readNode(element, data, place, sink);
    });
  }
}

/** As Cytoscape.js infers it: an element with a source is an edge. */
const groupOf = (element: JsonObject, data: JsonObject): 'nodes' | 'edges' =>
  element.group === 'edges' || (element.group !== 'nodes' && data.source !== undefined) ? 'edges' : 'nodes';

/** Facts that stand beside `data`. */
function* outerAttributes({ position, classes }: JsonObject): Iterable<AttributeEntry> {
  if (isObject(position)) {
    yield ['x', attributeValue(position.x)];
    yield ['y', attributeValue(position.y)];
  }
  const words = isArray(classes) ? classes.join(' ') : classes;
  if (typeof words === 'string' && words !== '') yield ['classes', words];
}

function readNode(element: JsonObject, data: JsonObject, place: RecordPlace, sink: RecordSink): void {
  const id =
    idText(data.id) ??
    failRecord(place, 'node-without-id', "no 'data.id'", "Give every node an 'id' in its 'data'.");
  sink.node({
    id,
    line: place.index + 1,
    attributes: [...attributesOf(data, ['id']), ...outerAttributes(element)],
  });
}

function readEdge(element: JsonObject, data: JsonObject, place: RecordPlace, sink: RecordSink): void {
  const end = (name: 'source' | 'target'): string =>
    idText(data[name]) ??
    failRecord(
      place,
      'edge-without-end',
      `no 'data.${name}'`,
      "Give every edge 'source' and 'target' in its 'data'.",
    );
  const tellsDirection = typeof data.directed === 'boolean';
  const skip = ['source', 'target', ...(tellsDirection ? ['directed'] : [])];
  sink.edge({
    source: end('source'),
    target: end('target'),
    line: place.index + 1,
    ...(tellsDirection ? { directed: data.directed === true } : {}),
    attributes: [...attributesOf(data, skip), ...outerAttributes(element)],
  });
}

/** Undirected unless `directed`, beside the elements or in an edge, says otherwise: Cytoscape.js leaves it to the style. */
export const cytoscapeJson = recordFormat({
  id: 'cytoscape-json',
  name: 'Cytoscape.js JSON',
  summary: 'Elements of Cytoscape.js, or a .cyjs file of Cytoscape.',
  extensions: ['cyjs', 'json'],
  source: 'https://js.cytoscape.org/#notation/elements-json',
  undeclared: 'values',
  dialect: () => 'JSON, Cytoscape.js elements',
  recognise,
  read,
});
