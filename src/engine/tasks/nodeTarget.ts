/** Resolves what a node task predicts, on which nodes it learns and from which columns, or says what is wrong. */
import { countBits } from '../../core/bitset.ts';
import { type Column, findColumn, isNumeric, isValid } from '../../core/columns.ts';
import { ParameterError, TaskError } from '../../core/errors.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
import { nearMatches } from '../../core/nearMatches.ts';
import type { NodeSplit } from '../../core/split.ts';
import { classCodes, targetCandidates, valueCandidates } from '../../core/taskDefaults.ts';
import { resolveNodeSplit } from '../../core/transforms/resolveNodeSplit.ts';
import type { OutputKind } from '../models/modelTypes.ts';
import type { RunConfig } from '../runTypes.ts';

/** The answers of one node type, row by row. */
export interface NodeTarget {
  readonly kind: OutputKind;
  readonly name: string;
  /** Columns that hold the answer; never features. */
  readonly columns: readonly string[];
  /** Class or label names; empty for values. */
  readonly classes: readonly string[];
  /** [n] class code, for other kinds 0; -1 = no answer. */
  readonly codes: Int32Array;
  /** [n · L] 0/1, or [n] numbers; NaN = missing; null for classes. */
  readonly values: Float32Array | null;
}

export interface ResolvedNodes {
  readonly typeIndex: number;
  /** Global index range [start, end) of the predicted node type. */
  readonly nodeRange: readonly [number, number];
  readonly target: NodeTarget;
  readonly split: NodeSplit;
}

/** @throws {TaskError | ParameterError} */
export function resolveNodes(graph: Graph, config: RunConfig, wanted: 'label' | 'value'): ResolvedNodes {
  const { typeIndex, name } = locateTarget(graph, config, wanted);
  const type = graph.nodeTypes[typeIndex] as Graph['nodeTypes'][number];
  const start = graph.nodeTypePtr[typeIndex] as number;
  const end = graph.nodeTypePtr[typeIndex + 1] as number;
  const target =
    wanted === 'value'
      ? valueTarget(type.columns, name, type.name)
      : labelTarget(type.columns, name, type.name);
  const split = resolveNodeSplit(config.split, {
    columns: type.columns,
    nodeTypeName: type.name,
    codes: target.codes,
    offset: start,
    numNodes: numNodes(graph),
    seed: config.seed,
  });
  if (countBits(split.train) === 0) {
    throw new TaskError(`Split '${split.name}' leaves no labelled node to train on.`, {
      code: 'empty-train',
      remedy: 'Mark some labelled nodes as train, or choose a random split.',
      details: { split: split.name },
    });
  }
  return { typeIndex, nodeRange: [start, end], target, split };
}

function locateTarget(
  graph: Graph,
  config: RunConfig,
  wanted: 'label' | 'value',
): { typeIndex: number; name: string } {
  const candidates = wanted === 'value' ? valueCandidates(graph) : targetCandidates(graph);
  const indexOf = (name: string): number => graph.nodeTypes.findIndex((type) => type.name === name);
  if (config.target === null) {
    const best = candidates.find(({ nodeType }) => config.nodeType === null || nodeType === config.nodeType);
    if (best === undefined) {
      throw wanted === 'value'
        ? new TaskError('No node column holds numbers to predict.', {
            code: 'no-target',
            remedy: 'Add a numeric column to the node table, or use the task Predict label.',
          })
        : new TaskError('No node column can be a label.', {
            code: 'no-target',
            remedy:
              'Add a column with classes (for example label) to the node table, or use the task Find communities.',
          });
    }
    return { typeIndex: indexOf(best.nodeType), name: best.column };
  }
  const name = config.target;
  const owner = graph.nodeTypes.findIndex(
    (type) =>
      (config.nodeType === null || type.name === config.nodeType) &&
      (findColumn(type.columns, name) !== undefined ||
        listedColumns(name).every((part) => findColumn(type.columns, part) !== undefined)),
  );
  if (owner >= 0) return { typeIndex: owner, name };
  const known = candidates.map((candidate) => candidate.column);
  const near = nearMatches(name, known);
  const list = known.map((column) => `'${column}'`).join(', ') || 'none';
  throw new ParameterError(`There is no node column '${name}'.`, {
    code: 'target-column',
    remedy:
      near.length > 0
        ? `Did you mean ${near.map((column) => `'${column}'`).join(', ')}? Columns that can be predicted: ${list}.`
        : `Choose one of the columns that can be predicted: ${list}.`,
    details: { target: name },
  });
}

/** `a,b,c` names several yes/no columns that are predicted together. */
const listedColumns = (name: string): readonly string[] => name.split(',').map((part) => part.trim());

function labelTarget(columns: readonly Column[], name: string, nodeType: string): NodeTarget {
  const column = findColumn(columns, name);
  if (column === undefined) return listTarget(columns, listedColumns(name), name);
  if (column.kind === 'vector' || column.kind === 'sparse') return wideTarget(column, name);
  const labels = classCodes(column);
  if (labels === null) {
    throw new ParameterError(`'${name}' of '${nodeType}' cannot be a label.`, {
      code: 'target-column',
      remedy: 'Choose a category, true/false or small whole-number column, or use the task Predict value.',
      details: { target: name, nodeType },
    });
  }
  const occurring = new Set(labels.codes);
  occurring.delete(-1);
  if (occurring.size < 2) {
    const only = labels.classes[[...occurring][0] ?? 0] ?? '';
    const what = occurring.size === 0 ? 'has no labelled node' : `has one class only ('${only}')`;
    throw new TaskError(`Target '${name}' ${what}; there is nothing to tell apart.`, {
      code: 'one-class',
      remedy: 'Choose another target, label nodes of a second class, or use the task Find communities.',
      details: { target: name, classes: occurring.size },
    });
  }
  return { kind: 'classes', name, columns: [name], ...labels, values: null };
}

/** Several yes/no columns as one multi-label target. */
function listTarget(columns: readonly Column[], names: readonly string[], name: string): NodeTarget {
  const parts = names.map((part) => {
    const column = findColumn(columns, part) as Column;
    if (column.kind === 'bool' || isNumeric(column)) return column;
    const labels = classCodes(column);
    if (labels !== null && labels.classes.length === 2) return column;
    throw new ParameterError(`'${part}' holds no yes/no values, so it cannot be one of several labels.`, {
      code: 'target-column',
      remedy: 'List columns of true/false or 0/1 only.',
      details: { target: name, column: part },
    });
  });
  const rows = parts[0]?.length ?? 0;
  const values = new Float32Array(rows * parts.length).fill(Number.NaN);
  parts.forEach((column, label) => {
    const codes = classCodes(column);
    for (let row = 0; row < rows; row++) {
      if (!isValid(column, row)) continue;
      const value =
        codes === null ? Number((column as { values: ArrayLike<number> }).values[row]) : codes.codes[row];
      values[row * parts.length + label] = (value as number) > 0 ? 1 : 0;
    }
  });
  return labelsTarget(name, names, names, values, rows);
}

/** A vector or sparse column of 0/1 components as one multi-label target. */
function wideTarget(column: Extract<Column, { kind: 'vector' | 'sparse' }>, name: string): NodeTarget {
  const { width, length } = column;
  const values = new Float32Array(length * width).fill(Number.NaN);
  for (let row = 0; row < length; row++) {
    if (!isValid(column, row)) continue;
    if (column.kind === 'vector') {
      for (let at = row * width; at < (row + 1) * width; at++)
        values[at] = (column.values[at] as number) > 0 ? 1 : 0;
      continue;
    }
    values.fill(0, row * width, (row + 1) * width);
    for (let at = column.rowPtr[row] as number; at < (column.rowPtr[row + 1] as number); at++) {
      if ((column.values[at] as number) > 0) values[row * width + (column.colIndex[at] as number)] = 1;
    }
  }
  const classes = Array.from({ length: width }, (_, label) => `${name} ${label + 1}`);
  return labelsTarget(name, [name], classes, values, length);
}

function labelsTarget(
  name: string,
  columns: readonly string[],
  classes: readonly string[],
  values: Float32Array,
  rows: number,
): NodeTarget {
  const width = classes.length;
  const codes = Int32Array.from({ length: rows }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).some((value) => !Number.isNaN(value)) ? 0 : -1,
  );
  return { kind: 'labels', name, columns, classes, codes, values };
}

function valueTarget(columns: readonly Column[], name: string, nodeType: string): NodeTarget {
  const column = findColumn(columns, name);
  if (column === undefined || !isNumeric(column)) {
    throw new ParameterError(`'${name}' of '${nodeType}' holds no numbers.`, {
      code: 'target-column',
      remedy: 'Choose a numeric column, or use the task Predict label.',
      details: { target: name, nodeType },
    });
  }
  const values = Float32Array.from({ length: column.length }, (_, row) =>
    isValid(column, row) && Number.isFinite(column.values[row]) ? (column.values[row] as number) : Number.NaN,
  );
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : 0));
  const present = new Set(values.filter((value) => !Number.isNaN(value)));
  if (present.size < 2) {
    throw new TaskError(
      `Target '${name}' has ${present.size === 0 ? 'no value' : 'one value only'}; there is nothing to predict.`,
      {
        code: 'one-value',
        remedy: 'Choose another target.',
        details: { target: name, values: present.size },
      },
    );
  }
  return { kind: 'value', name, columns: [name], classes: [], codes, values };
}
