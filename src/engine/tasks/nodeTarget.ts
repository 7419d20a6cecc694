/** Resolves target, split and features of a node-label task from the graph and the configuration, or says what is wrong. */
import { countBits } from '../../core/bitset.ts';
import { findColumn } from '../../core/columns.ts';
import { ParameterError, TaskError } from '../../core/errors.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
import type { NodeSplit } from '../../core/split.ts';
import { classCodes, targetCandidates } from '../../core/taskDefaults.ts';
import {
  isSplitColumn,
  parseRandomSplit,
  randomNodeSplit,
  splitFromColumn,
} from '../../core/transforms/nodeSplits.ts';
import { type FeatureSelection, selectFeatures } from '../features/selectFeatures.ts';
import type { RunConfig } from '../runTypes.ts';

export interface ResolvedLabels {
  readonly typeIndex: number;
  readonly nodeRange: readonly [number, number];
  readonly classes: readonly string[];
  /** [N] over all nodes, -1 = unlabelled or of another type. */
  readonly codes: Int32Array;
  readonly split: NodeSplit;
  readonly selection: FeatureSelection;
}

/** @throws {TaskError | ParameterError} */
export function resolveLabels(graph: Graph, config: RunConfig): ResolvedLabels {
  const { typeIndex, target } = resolveTarget(graph, config);
  const type = graph.nodeTypes[typeIndex] as Graph['nodeTypes'][number];
  const start = graph.nodeTypePtr[typeIndex] as number;
  const end = graph.nodeTypePtr[typeIndex + 1] as number;
  const column = findColumn(type.columns, target);
  const labels = column === undefined ? null : classCodes(column);
  if (labels === null) {
    throw new ParameterError(`'${target}' of '${type.name}' cannot be a label.`, {
      code: 'target-column',
      remedy: 'Choose a category, true/false or small whole-number column as the target.',
      details: { target, nodeType: type.name },
    });
  }
  const occurring = new Set(labels.codes);
  occurring.delete(-1);
  if (occurring.size < 2) {
    const only = labels.classes[[...occurring][0] ?? 0] ?? '';
    const what = occurring.size === 0 ? 'has no labelled node' : `has one class only ('${only}')`;
    throw new TaskError(`Target '${target}' ${what}; there is nothing to tell apart.`, {
      code: 'one-class',
      remedy: 'Choose another target, label nodes of a second class, or use the task Find communities.',
      details: { target, classes: occurring.size },
    });
  }
  const split = resolveSplit(graph, typeIndex, labels.codes, config);
  if (countBits(split.train) === 0) {
    throw new TaskError(`Split '${split.name}' leaves no labelled node to train on.`, {
      code: 'empty-train',
      remedy: 'Mark some labelled nodes as train, or choose a random split.',
      details: { split: split.name },
    });
  }
  const codes = new Int32Array(numNodes(graph)).fill(-1);
  codes.set(labels.codes, start);
  return {
    typeIndex,
    nodeRange: [start, end],
    classes: labels.classes,
    codes,
    split,
    selection: selectFeatures(type.columns, target, labels.codes, config.features),
  };
}

function resolveTarget(graph: Graph, config: RunConfig): { typeIndex: number; target: string } {
  const candidates = targetCandidates(graph);
  if (config.target === null) {
    const best = candidates.find(
      (candidate) => config.nodeType === null || candidate.nodeType === config.nodeType,
    );
    if (best === undefined) {
      throw new TaskError('No node column can be a label.', {
        code: 'no-target',
        remedy:
          'Add a column with classes (for example label) to the node table, or use the task Find communities.',
      });
    }
    return {
      typeIndex: graph.nodeTypes.findIndex((type) => type.name === best.nodeType),
      target: best.column,
    };
  }
  const target = config.target;
  const owners = graph.nodeTypes
    .map((type, index) => ({ index, type }))
    .filter(({ type }) => findColumn(type.columns, target) !== undefined)
    .filter(({ type }) => config.nodeType === null || type.name === config.nodeType);
  const owner = owners[0];
  if (owner === undefined) {
    const known = candidates.map((candidate) => `'${candidate.column}'`).join(', ') || 'none';
    throw new ParameterError(`There is no node column '${target}'.`, {
      code: 'target-column',
      remedy: `Choose one of the columns that can be a label: ${known}.`,
      details: { target },
    });
  }
  return { typeIndex: owner.index, target };
}

function resolveSplit(graph: Graph, typeIndex: number, codes: Int32Array, config: RunConfig): NodeSplit {
  const type = graph.nodeTypes[typeIndex] as Graph['nodeTypes'][number];
  const offset = graph.nodeTypePtr[typeIndex] as number;
  const total = numNodes(graph);
  const publicColumn = findColumn(type.columns, 'split');
  const wanted =
    config.split === 'auto'
      ? publicColumn !== undefined && isSplitColumn(publicColumn)
        ? 'public'
        : 'random:60/20/20'
      : config.split;
  if (wanted.startsWith('random')) {
    return randomNodeSplit(codes, parseRandomSplit(wanted), config.seed, offset, total);
  }
  const fold = /^public:(\d+)$/.exec(wanted);
  const name =
    wanted === 'public' ? 'split' : fold !== null ? `split${fold[1]}` : wanted.replace(/^column:/, '');
  const column = findColumn(type.columns, name);
  if (column === undefined || !isSplitColumn(column)) {
    throw new ParameterError(`'${type.name}' has no split column '${name}'.`, {
      code: 'split-column',
      remedy: `Add a column '${name}' with train, val, test or none, or use random:60/20/20.`,
      details: { split: config.split },
    });
  }
  return splitFromColumn(column, wanted, codes, offset, total);
}
