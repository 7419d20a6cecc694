/**
 * DeepWalk: node vectors from random walks and skip-gram with negative sampling, learned from structure alone.
 *
 * Source: Perozzi, Al-Rfou & Skiena 2014, "DeepWalk: Online Learning of Social Representations",
 * https://arxiv.org/abs/1403.6652; negatives as in Mikolov et al. 2013, https://arxiv.org/abs/1310.4546.
 * Loss of a pair (c, o) with negatives n: softplus(−z_c·z'_o) + Σ softplus(z_c·z'_n); n ~ degree^0.75.
 * One epoch is one walk from every node. Plain typed arrays: no tensor library, the same bits on every backend.
 */
import type { MessageGraph } from '../../core/messageGraph.ts';
import type { ParameterSpec } from '../../core/parameters.ts';
import { drawKey, drawUniform, randomSequence, STREAM } from '../../core/random.ts';
import { ShapeError } from '../../core/errors.ts';
import type { Model, ModelContext, ModelDescriptor } from './modelTypes.ts';
import * as shared from './trainerParameters.ts';

const parameters = [
  shared.epochs(60),
  { ...shared.hiddenUnits(32), name: 'Dimensions', help: 'Length of each node’s vector.' },
  shared.learningRate(0.05),
  {
    kind: 'integer',
    id: 'walkLength',
    name: 'Walk length',
    help: 'Steps of each random walk.',
    min: 2,
    max: 200,
    step: 5,
    default: 20,
  },
  {
    kind: 'integer',
    id: 'window',
    name: 'Window',
    help: 'Nodes at most this far apart on a walk count as close.',
    min: 1,
    max: 20,
    step: 1,
    default: 4,
  },
  {
    kind: 'integer',
    id: 'negatives',
    name: 'Negatives',
    help: 'Random nodes pushed away for each close pair.',
    min: 1,
    max: 20,
    step: 1,
    default: 3,
  },
] as const satisfies readonly ParameterSpec[];

export const deepwalk: ModelDescriptor = {
  id: 'deepwalk',
  name: 'DeepWalk',
  family: 'embedding',
  summary:
    'Places nodes that random walks visit together near each other. Needs neither labels nor features.',
  source: 'Perozzi, Al-Rfou & Skiena 2014, DeepWalk, https://arxiv.org/abs/1403.6652',
  tasks: ['community-detection'],
  uses: { structure: true, features: false },
  isTransferable: false,
  parameters,
  create: createDeepwalk,
};

/** How many pair updates between two looks at the message queue. */
const PAIRS_PER_BREATH = 20_000;

function createDeepwalk(context: ModelContext): Model {
  const { values, seed } = context;
  const graph = context.training.messageGraph;
  const width = shared.numberValue(values, 'hidden');
  const walkLength = shared.numberValue(values, 'walkLength');
  const window = shared.numberValue(values, 'window');
  const negatives = shared.numberValue(values, 'negatives');
  const vectors = initialVectors(graph.numNodes, width, seed);
  const contexts = new Float32Array(vectors.length);
  const noise = noiseSampler(graph);
  const walk = new Int32Array(walkLength + 1);
  const gradient = new Float32Array(width);
  let best: Float32Array | null = null;
  let lastStep = 0;

  return {
    numParameters: vectors.length * 2,
    async step(step, learningRate) {
      lastStep = step;
      const random = randomSequence(seed, STREAM.walks, step);
      let loss = 0;
      let pairs = 0;
      let untilBreath = PAIRS_PER_BREATH;
      for (let start = 0; start < graph.numNodes; start++) {
        const visited = randomWalk(graph, start, walk, random.uniform);
        for (let at = 0; at < visited; at++) {
          const reach = 1 + random.below(window);
          for (let other = Math.max(0, at - reach); other <= Math.min(visited - 1, at + reach); other++) {
            if (other === at || walk[other] === walk[at]) continue;
            loss += skipGramStep(walk[at] as number, walk[other] as number, () => noise(random.uniform()));
            pairs++;
          }
        }
        if (pairs > untilBreath) {
          untilBreath = pairs + PAIRS_PER_BREATH;
          await context.breathe();
        }
      }
      return pairs === 0 ? 0 : loss / pairs;

      function skipGramStep(center: number, outer: number, drawNoise: () => number): number {
        gradient.fill(0);
        let sum = attract(center * width, outer * width, 1, learningRate);
        for (let k = 0; k < negatives; k++) {
          const negative = drawNoise();
          if (negative !== outer) sum += attract(center * width, negative * width, 0, learningRate);
        }
        for (let d = 0; d < width; d++)
          vectors[center * width + d] = (vectors[center * width + d] as number) + (gradient[d] as number);
        return sum;
      }
    },
    predict: () => Promise.resolve({ output: null, embedding: vectors.slice(), embeddingWidth: width }),
    keepBest() {
      best = vectors.slice();
    },
    restoreBest() {
      if (best !== null) vectors.set(best);
    },
    state: () =>
      Promise.resolve({
        optimiserStep: lastStep,
        tensors: [tensorState('embedding', vectors), tensorState('context', contexts)],
      }),
    restore(state) {
      lastStep = state.optimiserStep;
      for (const [name, into] of [
        ['embedding', vectors],
        ['context', contexts],
      ] as const) {
        const saved = state.tensors.find((tensor) => tensor.name === name);
        if (saved === undefined || saved.values.length !== into.length) {
          throw new ShapeError(`Saved DeepWalk model: '${name}' does not fit this graph.`, {
            code: 'model-state',
            remedy: 'Load it with the graph and the number of dimensions it was saved with.',
          });
        }
        into.set(saved.values);
      }
    },
    dispose: () => undefined,
  };

  /** One logistic update of centre and context; returns the loss term. σ(s) − y times the other vector. */
  function attract(center: number, outer: number, label: 0 | 1, learningRate: number): number {
    let score = 0;
    for (let d = 0; d < width; d++)
      score += (vectors[center + d] as number) * (contexts[outer + d] as number);
    const probability = 1 / (1 + Math.exp(-score));
    const scale = learningRate * (label - probability);
    for (let d = 0; d < width; d++) {
      gradient[d] = (gradient[d] as number) + scale * (contexts[outer + d] as number);
      contexts[outer + d] = (contexts[outer + d] as number) + scale * (vectors[center + d] as number);
    }
    const signed = label === 1 ? -score : score;
    return Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
  }

  function tensorState(name: string, tensor: Float32Array) {
    const empty = new Float32Array(0);
    return {
      name,
      shape: [graph.numNodes, width],
      values: tensor.slice(),
      firstMoment: empty,
      secondMoment: empty,
    };
  }
}

/** U(−0.5/d, 0.5/d), as in word2vec. */
function initialVectors(numNodes: number, width: number, seed: number): Float32Array {
  const key = drawKey(seed, STREAM.initialisation, 0);
  return Float32Array.from(
    { length: numNodes * width },
    (_, element) => (drawUniform(key, element) - 0.5) / width,
  );
}

/** Fills `walk` with a uniform random walk over senders of each node; returns its length (1 for an isolated node). */
function randomWalk(graph: MessageGraph, start: number, walk: Int32Array, uniform: () => number): number {
  walk[0] = start;
  for (let at = 1; at < walk.length; at++) {
    const node = walk[at - 1] as number;
    const first = graph.rowPtr[node] as number;
    const degree = (graph.rowPtr[node + 1] as number) - first;
    if (degree === 0) return at;
    walk[at] = graph.colIndex[first + Math.min(degree - 1, Math.floor(uniform() * degree))] as number;
  }
  return walk.length;
}

/** Inverse-CDF sampler of nodes with probability ∝ degree^0.75. O(log N) a draw. */
function noiseSampler(graph: MessageGraph): (uniform: number) => number {
  const cumulative = new Float64Array(graph.numNodes);
  let total = 0;
  for (let node = 0; node < graph.numNodes; node++) {
    total += ((graph.rowPtr[node + 1] as number) - (graph.rowPtr[node] as number)) ** 0.75;
    cumulative[node] = total;
  }
  return (uniform) => {
    const wanted = uniform * total;
    let low = 0;
    let high = graph.numNodes - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
