/** New names for node types and relations, as new versions of a graph that share every table. */
import { InvalidGraphError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { newVersion, nodeTypeIndex, quotedMatches, refuseEmptyName } from './graphTables.ts';

/** @throws {InvalidGraphError} no such node type, the new name is empty or taken */
export function renameNodeType(graph: Graph, from: string, to: string): Graph {
  const index = nodeTypeIndex(graph, from);
  if (to === from) return graph;
  if (to === '') refuseEmptyName(`node type '${from}'`);
  if (graph.nodeTypes.some((type) => type.name === to)) {
    throw new InvalidGraphError(`There is a node type '${to}' already.`, {
      code: 'duplicate-type',
      remedy: 'Choose another name; node types are not merged by renaming.',
      details: { nodeType: to },
    });
  }
  const { columns } = graph.nodeTypes[index] as (typeof graph.nodeTypes)[number];
  return newVersion({ ...graph, nodeTypes: graph.nodeTypes.with(index, { name: to, columns }) });
}

/**
 * Returns the graph with every edge type of the relation renamed: a relation may join several pairs of node types.
 * @throws {InvalidGraphError} no such relation, the new name is empty, or an edge type of that name joins the same node
 * types already
 */
export function renameRelation(graph: Graph, from: string, to: string): Graph {
  const { relation, sourceType, targetType, length } = graph.edgeTypes;
  if (!relation.includes(from)) {
    throw new InvalidGraphError(`There is no relation '${from}'.`, {
      code: 'unknown-relation',
      remedy: `Did you mean ${quotedMatches(from, new Set(relation))}?`,
      details: { relation: from },
    });
  }
  if (to === from) return graph;
  if (to === '') refuseEmptyName(`relation '${from}'`);
  const taken = new Set<string>();
  for (let type = 0; type < length; type++) {
    if (relation[type] === to) taken.add(`${sourceType[type]} ${targetType[type]}`);
  }
  for (let type = 0; type < length; type++) {
    if (relation[type] !== from || !taken.has(`${sourceType[type]} ${targetType[type]}`)) continue;
    const names = [sourceType, targetType].map((ends) => graph.nodeTypes[ends[type] as number]?.name);
    throw new InvalidGraphError(`A relation '${to}' from '${names[0]}' to '${names[1]}' exists already.`, {
      code: 'duplicate-relation',
      remedy: 'Choose another name; relations are not merged by renaming.',
      details: { relation: to, sourceType: names[0], targetType: names[1] },
    });
  }
  return newVersion({
    ...graph,
    edgeTypes: { ...graph.edgeTypes, relation: relation.map((name) => (name === from ? to : name)) },
  });
}
