/**
 * Random graphs whose edges mean opposite things by their type, so that a model must tell the types apart: a stochastic
 * block model with two relations over the same nodes. What it makes becomes a Graph in `typedBlockGraph.ts`.
 */
import { ParameterError } from '../errors.ts';
import { type RandomSequence, randomSequence, STREAM } from '../random.ts';
import type { NodeSplit } from '../split.ts';
import { randomNodeSplit } from '../transforms/nodeSplits.ts';

export interface TypedBlockOptions {
  readonly numNodes: number;
  readonly numClasses: number;
  /** 2E / N of each relation. */
  readonly meanDegree: number;
  /** Share of the edges of a relation that follow its rule; the others join any other pair of classes. */
  readonly homophilyRatio: number;
  readonly featureWidth: number;
  /** How far, in standard deviations of the noise, a class moves each of its columns. */
  readonly featureSignal: number;
  /** Share of the nodes that is in train; the others are half validation, half test. */
  readonly labelledRatio: number;
  /** Nodes of a second type, without features, that belong to a class; 0 = none. */
  readonly itemsPerClass: number;
  /** Edges from each node to items, when there are any. */
  readonly itemsPerNode: number;
  readonly seed: number;
}

/**
 * Two classes cancel exactly: a neighbour of unknown relation is as likely of one class as of the other. Features alone
 * are right for about two nodes in three.
 */
export const TYPED_BLOCK_DEFAULTS: TypedBlockOptions = {
  numNodes: 2000,
  numClasses: 2,
  meanDegree: 8,
  homophilyRatio: 0.9,
  featureWidth: 16,
  featureSignal: 0.25,
  labelledRatio: 0.1,
  itemsPerClass: 0,
  itemsPerNode: 2,
  seed: 0,
};

/** Edge types of the model, in the order of `edgeType`; the last only where there are items. */
export const TYPED_BLOCK_RELATIONS = ['agrees', 'differs', 'mentions'] as const;

export interface TypedBlockModel {
  readonly numNodes: number;
  readonly numItems: number;
  /** [numNodes] class of each node; classes are as large as each other within one node, in random order. */
  readonly codes: Int32Array;
  /** [numItems] class of each item. */
  readonly itemCodes: Int32Array;
  /** [numNodes · featureWidth], row-major. */
  readonly features: Float32Array;
  /** [E] sources and targets, nodes first, items behind them; edges sorted by type. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [E] index into TYPED_BLOCK_RELATIONS. */
  readonly edgeType: Int32Array;
  /** Over numNodes + numItems, stratified by class. */
  readonly split: NodeSplit;
}

/** Tries per edge before a relation counts as full. */
const MAX_TRIES = 200;

/**
 * Returns a graph of balanced classes in which relation `agrees` joins c to c with probability h = homophilyRatio and
 * `differs` joins c to (c + 1) mod C with probability h; otherwise an end of another class is drawn, all as likely. Both
 * have round(N · meanDegree / 2) undirected edges, so that with types ignored one relation's evidence stands against the
 * other's: with two classes it cancels, with more it is weakened by |cos(πk/C)| in the k-th Fourier mode over classes.
 * Each relation is simple: no loops, no doubled edges. A node's item is of the node's class with probability h.
 * Feature j of a node of class c is N(0, 1) + featureSignal · 1{j mod C = c}.
 *
 * Source: Holland, Laskey & Leinhardt 1983, "Stochastic blockmodels: First steps", doi:10.1016/0378-8733(83)90021-7; the
 * numbers of edges are fixed instead of random.
 * Deterministic in the options; features do not depend on the edges. O(N · F + E).
 * @throws {ParameterError} an option out of range, or more edges than a simple graph of these classes can hold
 */
export function typedBlockModel(options: TypedBlockOptions): TypedBlockModel {
  checkOptions(options);
  const { numNodes, numClasses, seed } = options;
  const numItems = options.itemsPerClass * numClasses;
  const codes = balancedClasses(numNodes, numClasses, randomSequence(seed, STREAM.generator, 0));
  const itemCodes = balancedClasses(numItems, numClasses, randomSequence(seed, STREAM.generator, 1));
  const relations = [
    joinByRule(codes, 0, options, randomSequence(seed, STREAM.generator, 2)),
    joinByRule(codes, 1, options, randomSequence(seed, STREAM.generator, 3)),
    mentionItems(codes, itemCodes, options, randomSequence(seed, STREAM.generator, 4)),
  ];
  const held = (1 - options.labelledRatio) / 2;
  return {
    numNodes,
    numItems,
    codes,
    itemCodes,
    features: noisyFeatures(codes, options, randomSequence(seed, STREAM.generator, 5)),
    source: Int32Array.from(relations.flatMap((pairs) => pairs.map(([source]) => source))),
    target: Int32Array.from(relations.flatMap((pairs) => pairs.map(([, target]) => target))),
    edgeType: Int32Array.from(relations.flatMap((pairs, type) => pairs.map(() => type))),
    split: randomNodeSplit(codes, [options.labelledRatio, held, held], seed, 0, numNodes + numItems),
  };
}

type Pairs = readonly (readonly [number, number])[];

function balancedClasses(count: number, numClasses: number, random: RandomSequence): Int32Array {
  const codes = Int32Array.from({ length: count }, (_, at) => at % numClasses);
  random.shuffle(codes);
  return codes;
}

function membersByClass(codes: Int32Array, numClasses: number): readonly (readonly number[])[] {
  const members = Array.from({ length: numClasses }, (): number[] => []);
  codes.forEach((code, node) => members[code]?.push(node));
  return members;
}

/** The class that follows `wanted` with probability h, else one of the others. */
function drawClass(wanted: number, options: TypedBlockOptions, random: RandomSequence): number {
  if (random.uniform() < options.homophilyRatio) return wanted;
  const other = random.below(options.numClasses - 1);
  return other < wanted ? other : other + 1;
}

/** Edges from a node of class c to one of class c + shift, source and target in the order they were drawn. */
function joinByRule(
  codes: Int32Array,
  shift: number,
  options: TypedBlockOptions,
  random: RandomSequence,
): Pairs {
  const members = membersByClass(codes, options.numClasses);
  const numEdges = Math.round((codes.length * options.meanDegree) / 2);
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  for (let attempt = 0; pairs.length < numEdges; attempt++) {
    if (attempt === MAX_TRIES) {
      refuse(`${numEdges} edges a relation do not fit ${codes.length} nodes.`, 'Lower the mean degree.');
    }
    const from = random.below(codes.length);
    const wanted = ((codes[from] as number) + shift) % options.numClasses;
    const choices = members[drawClass(wanted, options, random)] as readonly number[];
    const to = choices[random.below(choices.length)] as number;
    const key = Math.min(from, to) * codes.length + Math.max(from, to);
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    pairs.push([from, to]);
    attempt = -1;
  }
  return pairs;
}

/** Each node's different items, node by node. */
function mentionItems(
  codes: Int32Array,
  itemCodes: Int32Array,
  options: TypedBlockOptions,
  random: RandomSequence,
): Pairs {
  if (itemCodes.length === 0) return [];
  const members = membersByClass(itemCodes, options.numClasses);
  return Array.from(codes, (code, node) => {
    const own = new Set<number>();
    for (let attempt = 0; own.size < options.itemsPerNode; attempt++) {
      if (attempt === MAX_TRIES * options.itemsPerNode) {
        refuse(
          `A node of class ${code} does not find ${options.itemsPerNode} items.`,
          'Give more items per class, or a lower homophily.',
        );
      }
      const choices = members[drawClass(code, options, random)] as readonly number[];
      own.add(choices[random.below(choices.length)] as number);
    }
    return [...own].map((item) => [node, codes.length + item] as const);
  }).flat();
}

function noisyFeatures(
  codes: Int32Array,
  { numClasses, featureWidth, featureSignal }: TypedBlockOptions,
  random: RandomSequence,
): Float32Array {
  const features = new Float32Array(codes.length * featureWidth);
  codes.forEach((code, node) => {
    for (let column = 0; column < featureWidth; column++) {
      const shift = column % numClasses === code ? featureSignal : 0;
      features[node * featureWidth + column] = random.normal() + shift;
    }
  });
  return features;
}

function checkOptions(options: TypedBlockOptions): void {
  const atLeast = (name: string, value: number, least: number): void => {
    if (!Number.isInteger(value) || value < least) {
      refuse(`${name} is ${value}.`, `Give a whole number of at least ${least}.`);
    }
  };
  atLeast('The number of classes', options.numClasses, 2);
  atLeast('The number of nodes', options.numNodes, options.numClasses);
  atLeast('The feature width', options.featureWidth, 1);
  atLeast('The number of items per class', options.itemsPerClass, 0);
  atLeast('The number of items per node', options.itemsPerNode, 0);
  const numItems = options.itemsPerClass * options.numClasses;
  if (numItems > 0 && numItems < options.itemsPerNode) {
    refuse(`There are ${numItems} items and ${options.itemsPerNode} per node.`, 'Give more items per class.');
  }
  if (!(options.meanDegree >= 0 && options.meanDegree < Infinity)) {
    refuse(`Mean degree is ${options.meanDegree}.`, 'Give a mean degree of 0 or more.');
  }
  if (!Number.isFinite(options.featureSignal)) {
    refuse(`Feature signal is ${options.featureSignal}.`, 'Give a finite number.');
  }
  for (const [name, value] of [
    ['Homophily', options.homophilyRatio],
    ['The labelled share', options.labelledRatio],
  ] as const) {
    if (!(value >= 0 && value <= 1)) refuse(`${name} is ${value}.`, 'Give a share from 0 to 1.');
  }
}

function refuse(message: string, remedy: string): never {
  throw new ParameterError(message, { code: 'typed-block-model', remedy });
}
