/**
 * Random graphs with communities and very uneven degrees, as citation networks have them: the degree-corrected
 * stochastic block model. Words for its nodes come from `topicWords.ts`.
 */
import { ParameterError } from '../errors.ts';
import { type RandomSequence, randomSequence, STREAM } from '../random.ts';
import { weightedChoice } from './weightedChoice.ts';

export interface BlockModelOptions {
  /** Nodes of each block; their sum is N. */
  readonly blockSizes: readonly number[];
  /** 2E / N. */
  readonly meanDegree: number;
  /** Expected share of edges that join nodes of one block. */
  readonly homophilyRatio: number;
  /** Exponent of the Pareto distribution of the degree weights θ, above 2; larger = more even. */
  readonly degreeExponent: number;
  /** True: every node begins with one edge of its own, as every paper cites something; so that none is isolated. */
  readonly everyNodeLinks: boolean;
  readonly seed: number;
}

export interface BlockModelGraph {
  /** [N] block of each node; nodes are in random order of blocks. */
  readonly block: Int32Array;
  /** [E] a simple undirected graph, source < target, sorted. */
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** θ is cut here, so that one node cannot own a block: 50 times the smallest. */
const MAX_DEGREE_WEIGHT = 50;
/** Tries per edge before the graph counts as full. */
const MAX_TRIES = 200;

/**
 * Returns a graph in which the expected number of edges between i and j is θ_i θ_j ω(g_i, g_j), θ normalised to sum 1 per
 * block: with the given probability an edge stays inside a block, else it joins two; blocks are drawn by size, ends by θ.
 * Two deliberate changes to the model: the number of edges is fixed at round(N · meanDegree / 2) instead of Poisson, and
 * loops and doubled edges are drawn again, so that the graph is simple.
 *
 * Source: Karrer & Newman 2011, "Stochastic blockmodels and community structure in networks", eq. 14,
 * doi:10.1103/PhysRevE.83.016107.
 * Deterministic in the options. O((N + E) log N).
 * @throws {ParameterError} an option out of range, or more edges than a simple graph of these blocks can hold
 */
export function degreeCorrectedBlockModel(options: BlockModelOptions): BlockModelGraph {
  checkOptions(options);
  const random = randomSequence(options.seed, STREAM.generator);
  const block = shuffledBlocks(options.blockSizes, random);
  const numNodes = block.length;
  const drawMember = memberChoices(block, options, random);
  const drawBlock = weightedChoice(options.blockSizes, random);
  const otherBlock = (present: number): number => {
    if (options.blockSizes.length === 1 || random.uniform() < options.homophilyRatio) return present;
    for (;;) {
      const other = drawBlock();
      if (other !== present) return other;
    }
  };
  const numEdges = Math.round((numNodes * options.meanDegree) / 2);
  const seen = new Set<number>();
  for (let edge = 0; edge < numEdges; edge++) {
    const owned = options.everyNodeLinks && edge < numNodes;
    for (let attempt = 0; ; attempt++) {
      if (attempt === MAX_TRIES)
        refuse(`${numEdges} edges do not fit these blocks.`, 'Lower the mean degree.');
      const from = owned ? edge : drawMember(drawBlock());
      const to = drawMember(otherBlock(block[from] as number));
      const key = Math.min(from, to) * numNodes + Math.max(from, to);
      if (from === to || seen.has(key)) continue;
      seen.add(key);
      break;
    }
  }
  const keys = Float64Array.from(seen).sort();
  return {
    block,
    source: Int32Array.from(keys, (key) => Math.floor(key / numNodes)),
    target: Int32Array.from(keys, (key) => key % numNodes),
  };
}

function shuffledBlocks(sizes: readonly number[], random: RandomSequence): Int32Array {
  const block = Int32Array.from(sizes.flatMap((size, index) => Array<number>(size).fill(index)));
  random.shuffle(block);
  return block;
}

/** One draw function for all blocks: member of block b with probability ∝ θ, θ = u^(−1/(exponent−1)), Pareto from 1. */
function memberChoices(
  block: Int32Array,
  options: BlockModelOptions,
  random: RandomSequence,
): (block: number) => number {
  const members = options.blockSizes.map((): number[] => []);
  const weights = options.blockSizes.map((): number[] => []);
  block.forEach((index, node) => {
    const weight = (1 - random.uniform()) ** (-1 / (options.degreeExponent - 1));
    members[index]?.push(node);
    weights[index]?.push(Math.min(weight, MAX_DEGREE_WEIGHT));
  });
  const choices = weights.map((list) => weightedChoice(list, random));
  return (index) => members[index]?.[choices[index]?.() ?? 0] as number;
}

function checkOptions(options: BlockModelOptions): void {
  const { blockSizes, meanDegree, homophilyRatio, degreeExponent } = options;
  if (blockSizes.length === 0 || blockSizes.some((size) => !Number.isInteger(size) || size < 1)) {
    refuse(`Block sizes are [${blockSizes.join(', ')}].`, 'Give at least one block of at least one node.');
  }
  if (!(meanDegree >= 0 && meanDegree < Infinity)) {
    refuse(`Mean degree is ${meanDegree}.`, 'Give a mean degree of 0 or more.');
  }
  if (!(homophilyRatio >= 0 && homophilyRatio <= 1)) {
    refuse(`Homophily is ${homophilyRatio}.`, 'Give a share from 0 to 1.');
  }
  if (!(degreeExponent > 2)) refuse(`Degree exponent is ${degreeExponent}.`, 'Give an exponent above 2.');
}

function refuse(message: string, remedy: string): never {
  throw new ParameterError(message, { code: 'block-model', remedy });
}
