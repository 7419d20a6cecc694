/**
 * What a task on nodes learns from: features of all node types, and the graph that messages flow on, for training and for
 * prediction. Statistics are fitted on training rows; an inductive run hides the edges of held-out nodes while it trains.
 */
import { type Bitset, createBitset, hasBit, setBit } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import type { NodeSplit } from '../../core/split.ts';
import { applyFeatures } from '../features/applyFeatures.ts';
import type { FeatureOptions } from '../features/featureOptions.ts';
import { featureOptionsFrom } from '../features/featureParameters.ts';
import type { FeatureMatrix, FeatureTable } from '../features/featureTypes.ts';
import { fitAndApplyFeatures } from '../features/fitFeatures.ts';
import type { FittedFeatures } from '../features/fittedFeatures.ts';
import {
  type FeatureSelection,
  selectFeatures,
  selectFeaturesForNumbers,
} from '../features/selectFeatures.ts';
import { createGraphInput, type GraphInput } from '../graphInput.ts';
import type { RunShape } from '../models/modelTypes.ts';
import { isOn } from '../models/trainerParameters.ts';
import type { RunConfig } from '../runTypes.ts';
import type { NodeTarget, ResolvedNodes } from './nodeTarget.ts';
import type { TaskInput } from './taskTypes.ts';

export interface NodeData {
  readonly training: GraphInput;
  readonly evaluation: GraphInput;
  readonly features: FeatureMatrix;
  readonly fitted: FittedFeatures;
  readonly leftOut: FeatureSelection['leftOut'];
  readonly warnings: readonly string[];
  readonly shape: Omit<RunShape, 'numOutputs'>;
}

export function prepareData({ graph, config, values }: TaskInput, resolved: ResolvedNodes): NodeData {
  const { split } = resolved;
  const options = {
    ...featureOptionsFrom(values),
    identity: graph.nodeTypes.length > 1 ? ('featureless-types' as const) : ('when-empty' as const),
    seed: config.seed,
  };
  const { tables, leftOut } = featureTables(graph, config, resolved, options);
  const weight = config.edgeWeight === null ? {} : { weightColumn: config.edgeWeight };
  const messageGraph = buildMessageGraph(graph, { flow: 'both', ...weight });
  const isInductive = isOn(values, 'inductive');
  const trainGraph = isInductive
    ? buildMessageGraph(graph, { flow: 'both', ...weight, exclude: heldOutEdges(graph, split) })
    : messageGraph;
  const total = numNodes(graph);
  const { fitted, features } = fitAndApplyFeatures(tables, total, split.train, options, {
    messageGraph: trainGraph,
  });
  const training = createGraphInput(features, trainGraph);
  // What is seen of the structure differs between the two graphs, and so do features made of it.
  const evaluation = isInductive
    ? createGraphInput(
        fitted.structural === null ? features : applyFeatures(fitted, tables, total, { messageGraph }),
        messageGraph,
      )
    : training;
  return {
    training,
    evaluation,
    features,
    fitted,
    leftOut,
    warnings:
      isInductive && features.usesIdentity
        ? [
            'Nodes without features are told apart by identity, which an inductive run cannot learn for unseen nodes.',
          ]
        : [],
    shape: shapeOf(messageGraph, features),
  };
}

function shapeOf(messageGraph: MessageGraph, features: FeatureMatrix): Omit<RunShape, 'numOutputs'> {
  return {
    numNodes: messageGraph.numNodes,
    numArcs: messageGraph.numArcs,
    sparseEntries: features.sparse?.colIndex.length ?? 0,
    featureWidth: features.width,
    denseWidth: features.denseWidth,
    numRelations: messageGraph.numRelations,
  };
}

/** Columns of every node type; the names that a person picked are those of the predicted type. */
function featureTables(
  graph: Graph,
  { features: chosen, leaveOut = [] }: Pick<RunConfig, 'features' | 'leaveOut'>,
  { typeIndex, target }: ResolvedNodes,
  options: FeatureOptions,
): { tables: FeatureTable[]; leftOut: FeatureSelection['leftOut'] } {
  const leftOut: FeatureSelection['leftOut'][number][] = [];
  const tables = graph.nodeTypes.map((type, index) => {
    const offset = graph.nodeTypePtr[index] as number;
    const isTarget = index === typeIndex;
    const isLeft = ({ name }: Column): boolean =>
      chosen === 'auto' && leaveOut.some((left) => left.nodeType === type.name && left.column === name);
    const columns = type.columns.filter((column) => !isLeft(column));
    const selection = isTarget
      ? selectFor(target, columns, chosen, options)
      : selectFeatures(columns, null, null, chosen === 'auto' ? 'auto' : [], options);
    const byHand = type.columns.filter(isLeft).map(({ name }) => ({ name, reason: 'hidden by hand' }));
    leftOut.push(
      ...[...selection.leftOut, ...byHand].map(({ name, reason }) => ({
        name: isTarget ? name : `${type.name}.${name}`,
        reason,
      })),
    );
    return {
      type: type.name,
      columns: selection.used,
      offset,
      count: (graph.nodeTypePtr[index + 1] as number) - offset,
    };
  });
  return { tables, leftOut };
}

function selectFor(
  target: NodeTarget,
  columns: readonly Column[],
  chosen: 'auto' | readonly string[],
  options: FeatureOptions,
): FeatureSelection {
  if (target.kind === 'value')
    return selectFeaturesForNumbers(columns, target.name, target.values as Float32Array, chosen, options);
  if (target.kind === 'classes') return selectFeatures(columns, target.name, target.codes, chosen, options);
  const others = columns.filter(({ name }) => !target.columns.includes(name));
  return selectFeatures(others, target.name, null, chosen, options);
}

/** Edges with an end in validation or test: an inductive run learns as if these nodes did not exist yet. */
function heldOutEdges(graph: Graph, { val, test }: NodeSplit): Bitset {
  const edges = createBitset(numEdges(graph));
  const isHeldOut = (node: number): boolean => hasBit(val, node) || hasBit(test, node);
  for (let edge = 0; edge < graph.source.length; edge++) {
    if (isHeldOut(graph.source[edge] as number) || isHeldOut(graph.target[edge] as number))
      setBit(edges, edge);
  }
  return edges;
}
