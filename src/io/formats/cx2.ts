/**
 * CX2, the exchange format of Cytoscape, Cytoscape Web and NDEx: a list of aspects in any order, each possibly in
 * several fragments. Visual aspects are noted and left out. Files of CX version 1 are refused with what to do.
 */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { type Cx2Declarations, cx2Declarations } from '../json/cx2Declarations.ts';
import { attributeValue } from '../json/jsonAttributes.ts';
import {
  failRecord,
  forEachObject,
  idText,
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  nameText,
  objectOrEmpty,
  type RecordPlace,
} from '../json/jsonValue.ts';
import { jsonHead, readJson } from '../json/readJson.ts';
import { counted } from '../notices.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';

/** Aspects that are read; `metaData` counts what follows and adds nothing. */
const READ_ASPECTS = ['attributeDeclarations', 'networkAttributes', 'nodes', 'edges', 'status', 'metaData'];
const CX1_ASPECTS = [
  'numberVerification',
  'nodeAttributes',
  'edgeAttributes',
  'cartesianLayout',
  'nodes',
  'edges',
];

function recognise(file: ProbedFile): number {
  const root = jsonHead(file);
  if (!isArray(root)) return /\.cx2?$/i.test(file.source.path) ? 0.5 : 0;
  if (objectOrEmpty(root[0]).CXVersion !== undefined || isCx1(root)) return 1;
  return /\.cx2$/i.test(file.source.path) ? 0.5 : 0;
}

/** Elements of version 1 are objects with one aspect each, the first of which is numberVerification or metaData. */
const isCx1 = ([first]: JsonArray): boolean =>
  isObject(first) &&
  Object.keys(first).length === 1 &&
  Object.entries(first).every(
    ([name, items]) => isArray(items) && [...CX1_ASPECTS, 'metaData'].includes(name),
  );

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const root = await readJson(file, sink, context);
  const parts = isArray(root) ? root : [];
  assertVersion(file, parts);
  const aspects = joinFragments(file, parts, sink);
  const aspect = (name: string): JsonArray => aspects.get(name) ?? [];
  assertStatus(file, aspect('status'));
  const declarations = cx2Declarations(file, aspect('attributeDeclarations'), sink);
  const facts: JsonObject = Object.fromEntries(
    aspect('networkAttributes').flatMap((part) => Object.entries(objectOrEmpty(part))),
  );
  sink.setName(nameText(declarations.valueOf('networkAttributes', facts, 'name')));
  sink.setDirected(declarations.valueOf('networkAttributes', facts, 'directed') !== false);
  const ids = nodeNames(file, aspect('nodes'), declarations);
  await forEachObject(file, 'nodes', aspect('nodes'), context, (node, place) => {
    const id = integerId(node.id, 'id', place);
    sink.node({
      id: ids.nameOf(id),
      line: place.index + 1,
      attributes: [
        ...declarations.attributes('nodes', objectOrEmpty(node.v), ids.areNames ? 'name' : undefined),
        ...coordinates(node),
      ],
    });
  });
  await forEachObject(file, 'edges', aspect('edges'), context, (edge, place) => {
    readEdge(edge, place, ids, declarations, sink);
  });
}

function assertVersion(file: ProbedFile, parts: JsonArray): void {
  const { path } = file.source;
  const version = objectOrEmpty(parts[0]).CXVersion;
  if (typeof version === 'string' && version.startsWith('2.')) return;
  if (isCx1(parts) || (typeof version === 'string' && version.startsWith('1.'))) {
    throw new ParseError(`${path} is CX version 1; this version reads CX2.`, {
      code: 'cx-version-1',
      remedy: 'Open it in Cytoscape Web, Cytoscape 3.10 or NDEx, and save it as CX2 (.cx2).',
      details: { file: path },
    });
  }
  throw new ParseError(`${path} does not begin with a CXVersion of 2.`, {
    code: 'no-cx-version',
    remedy: 'Begin the file with [{"CXVersion": "2.0", "hasFragments": false}, …].',
    details: { file: path },
  });
}

/** Items of each aspect in the order of its fragments. */
function joinFragments(file: ProbedFile, parts: JsonArray, sink: RecordSink): Map<string, JsonArray> {
  const fragments = new Map<string, JsonArray[]>();
  for (let index = 1; index < parts.length; index++) {
    for (const [name, items] of Object.entries(objectOrEmpty(parts[index]))) {
      if (!READ_ASPECTS.includes(name)) noteAspect(file, sink, name);
      else if (isArray(items)) {
        const lists = fragments.get(name);
        if (lists === undefined) fragments.set(name, [items]);
        else lists.push(items);
      } else {
        const place = { file, list: 'aspects', index };
        failRecord(place, 'not-a-list', `'${name}' is no list`, 'Export the network again as CX2.');
      }
    }
  }
  return new Map([...fragments].map(([name, lists]) => [name, lists.flat()]));
}

function noteAspect(file: ProbedFile, sink: RecordSink, name: string): void {
  const { path } = file.source;
  sink.notices.add(
    {
      severity: 'info',
      code: 'aspects-not-used',
      file: path,
      words: (count) => `${path}: ${counted(count, 'aspect')} not used (styles and the like).`,
    },
    0,
    () => name,
  );
}

/** @throws {ParseError} the writer says that it failed */
function assertStatus(file: ProbedFile, status: JsonArray): void {
  const last = objectOrEmpty(status.at(-1));
  if (last.success !== false) return;
  const { path } = file.source;
  const reason = nameText(last.error);
  throw new ParseError(`${path} says that it is incomplete${reason === '' ? '' : `: ${reason}`}.`, {
    code: 'cx2-incomplete',
    remedy: 'Export or download the network again.',
    details: { file: path },
  });
}

interface NodeNames {
  /** True where the attribute `name` is the id. */
  readonly areNames: boolean;
  readonly nameOf: (id: string) => string;
  readonly has: (id: string) => boolean;
}

/** Ids of nodes: the attribute `name` (or `n`, its usual alias) where every node has one of its own, else the number. */
function nodeNames(file: ProbedFile, nodes: JsonArray, declarations: Cx2Declarations): NodeNames {
  const byId = new Map<string, string>();
  const names = new Set<string>();
  let areNames = true;
  for (const [index, node] of nodes.entries()) {
    const { id, v } = objectOrEmpty(node);
    const values = objectOrEmpty(v);
    const name = declarations.valueOf('nodes', values, 'name') ?? values.n;
    const number = integerId(id, 'id', { file, list: 'nodes', index });
    areNames &&= typeof name === 'string' && name !== '' && !names.has(name) && !byId.has(number);
    byId.set(number, typeof name === 'string' ? name : '');
    if (typeof name === 'string') names.add(name);
  }
  return {
    areNames,
    nameOf: (id) => (areNames ? (byId.get(id) ?? id) : id),
    has: (id) => byId.has(id),
  };
}

function integerId(value: JsonValue | undefined, member: string, place: RecordPlace): string {
  const text = idText(value);
  if (text !== null && /^-?\d+$/.test(text)) return text;
  return failRecord(place, 'no-integer-id', `'${member}' is no integer`, 'Export the network again as CX2.');
}

function* coordinates(node: JsonObject): Iterable<AttributeEntry> {
  for (const name of ['x', 'y', 'z']) {
    if (typeof node[name] === 'number') yield [name, attributeValue(node[name])];
  }
}

function readEdge(
  edge: JsonObject,
  place: RecordPlace,
  ids: NodeNames,
  declarations: Cx2Declarations,
  sink: RecordSink,
): void {
  const end = (member: 's' | 't'): string => {
    const id = integerId(edge[member], member, place);
    if (ids.has(id)) return ids.nameOf(id);
    return failRecord(
      place,
      'unknown-node',
      `'${member}' is node ${id}, which is not declared`,
      'Add the node, or remove the edge.',
    );
  };
  const attributes = declarations.attributes('edges', objectOrEmpty(edge.v));
  const direction = attributes.find(([name, value]) => name === 'directed' && typeof value === 'boolean');
  sink.edge({
    source: end('s'),
    target: end('t'),
    line: place.index + 1,
    ...(direction === undefined ? {} : { directed: direction[1] === true }),
    attributes: attributes.filter((entry) => entry !== direction),
  });
}

/** Directed unless the network attribute `directed`, or that of an edge, is false. */
export const cx2 = recordFormat({
  id: 'cx2',
  name: 'CX2',
  summary: 'Networks of Cytoscape, Cytoscape Web and NDEx.',
  extensions: ['cx2', 'cx'],
  source: 'https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/',
  undeclared: 'values',
  dialect: () => 'CX2',
  recognise,
  read,
});
