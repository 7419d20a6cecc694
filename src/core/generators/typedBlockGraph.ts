/** A typed block model as tables: the graph that `buildGraph` makes of it has a label, a split and a feature column. */
import { hasBit } from '../bitset.ts';
import type { CategoryColumn } from '../columns.ts';
import type { EdgeTypeInput, GraphInput } from '../graphBuilder.ts';
import { SPLIT_PARTS } from '../split.ts';
import { utf8Table } from '../utf8Table.ts';
import { TYPED_BLOCK_RELATIONS, type TypedBlockModel } from './typedBlockModel.ts';

/**
 * Returns the input of `buildGraph`: node type `node` with columns `label`, `split` and `x`, node type `item` without
 * columns where there are items, edge types `agrees`, `differs` (undirected) and `mentions` (directed). Every node has
 * its label; `split` says which ones are in train, val and test.
 */
export function typedBlockGraphInput(model: TypedBlockModel): GraphInput {
  const { numNodes, numItems, codes, split, features } = model;
  const hasItems = numItems > 0;
  const numClasses = codes.reduce((most, code) => Math.max(most, code + 1), 0);
  const parts = codes.map((_, node) => SPLIT_PARTS.findIndex((part) => hasBit(split[part], node)));
  const edgeTypes: EdgeTypeInput[] = TYPED_BLOCK_RELATIONS.filter(
    (relation) => hasItems || relation !== 'mentions',
  ).map((relation) => ({
    relation,
    sourceType: 0,
    targetType: relation === 'mentions' ? 1 : 0,
    directed: relation === 'mentions',
  }));
  return {
    name: 'typed block model',
    nodeTables: [
      {
        type: 'node',
        count: numNodes,
        columns: [
          category(
            'label',
            codes,
            Array.from({ length: numClasses }, (_, code) => String(code)),
          ),
          category('split', parts, SPLIT_PARTS),
          {
            kind: 'vector',
            name: 'x',
            length: numNodes,
            validity: null,
            width: features.length / numNodes,
            values: features,
          },
        ],
      },
      ...(hasItems ? [{ type: 'item', count: numItems, columns: [] }] : []),
    ],
    nodeIds: utf8Table([...names('n', numNodes), ...names('i', numItems)]),
    edgeTypes,
    source: model.source,
    target: model.target,
    edgeType: model.edgeType,
    edgeColumns: [],
  };
}

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);

function category(name: string, codes: Int32Array, dictionary: readonly string[]): CategoryColumn {
  return { kind: 'category', name, length: codes.length, validity: null, codes, dictionary };
}
