/**
 * A citation graph made up from a seed: communities that cite themselves, few papers that everybody cites, and words that
 * tell the topic of a paper only roughly, so that the graph has something to add. One paper in ten strays: it belongs to
 * one topic and cites like another, so that the graph alone is not the answer either. Together 4 in 5 edges join equal
 * topics. Split as in Yang et al. 2016: 20 papers per topic to learn from, 500 to tune on, 1,000 to be judged on.
 */
import { degreeCorrectedBlockModel } from '../../src/core/generators/degreeCorrectedBlockModel.ts';
import { topicWords } from '../../src/core/generators/topicWords.ts';
import { randomSequence, STREAM } from '../../src/core/random.ts';
import type { SparseMatrix } from '../../src/core/sparseMatrix.ts';
import { citationSbm } from '../../src/datasets/citationSbm.ts';
import { type BuiltDataset, builtDataset, csvText, jsonText } from './datasetFiles.ts';

const SEED = 2026;
const TOPIC_SIZES = [520, 470, 430, 400, 360, 320, 280, 220];
const STRAY_RATIO = 0.1;
const TRAIN_PER_TOPIC = 20;
const NUM_VAL = 500;
const NUM_TEST = 1000;

export function buildCitationSbm(): BuiltDataset {
  const graph = degreeCorrectedBlockModel({
    blockSizes: TOPIC_SIZES,
    meanDegree: 5.5,
    homophilyRatio: 0.95,
    degreeExponent: 3,
    everyNodeLinks: true,
    seed: SEED,
  });
  const topics = strayTopics(graph.block);
  const words = topicWords({
    block: topics,
    numBlocks: TOPIC_SIZES.length,
    numWords: citationSbm.counts.features,
    wordsPerTopic: 100,
    meanWords: 15,
    topicRatio: 0.33,
    seed: SEED,
  });
  const parts = drawSplit(topics);
  const paper = (index: number): string => String(index + 1);
  return builtDataset(citationSbm, {
    'nodes.csv': csvText(
      ['id', 'label', 'split'],
      Array.from(topics, (topic, index) => [paper(index), `Topic ${topic + 1}`, parts[index] as string]),
    ),
    'edges.csv': csvText(
      ['source', 'target'],
      Array.from(graph.source, (source, edge) => [paper(source), paper(graph.target[edge] as number)]),
    ),
    'features.svm': svmText(words, topics),
    'graph.json': jsonText({
      directed: false,
      task: 'node-classification',
      target: 'label',
      split: 'public',
    }),
  });
}

/** Returns the community of each paper as its topic, for one in ten another topic. */
function strayTopics(community: Int32Array): Int32Array {
  const random = randomSequence(SEED, STREAM.generator, 2);
  return community.map((topic) => {
    if (random.uniform() >= STRAY_RATIO) return topic;
    return (topic + 1 + random.below(TOPIC_SIZES.length - 1)) % TOPIC_SIZES.length;
  });
}

function drawSplit(topics: Int32Array): string[] {
  const order = Int32Array.from(topics, (_, index) => index);
  randomSequence(SEED, STREAM.split).shuffle(order);
  const parts = Array.from(topics, () => 'none');
  const taken = TOPIC_SIZES.map(() => 0);
  const rest: number[] = [];
  for (const index of order) {
    const topic = topics[index] as number;
    if ((taken[topic] as number) < TRAIN_PER_TOPIC) {
      taken[topic] = (taken[topic] as number) + 1;
      parts[index] = 'train';
    } else rest.push(index);
  }
  rest.slice(0, NUM_VAL).forEach((index) => {
    parts[index] = 'val';
  });
  rest.slice(NUM_VAL, NUM_VAL + NUM_TEST).forEach((index) => {
    parts[index] = 'test';
  });
  return parts;
}

/** LIBSVM lines: the topic (which readers of this format ignore), then 1-based word indices. */
function svmText(words: SparseMatrix, topics: Int32Array): string {
  return Array.from(topics, (topic, row) => {
    const stored = words.colIndex.subarray(words.rowPtr[row], words.rowPtr[row + 1]);
    return `${[topic, ...Array.from(stored, (word) => `${word + 1}:1`)].join(' ')}\n`;
  }).join('');
}
