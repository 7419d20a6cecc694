/**
 * Bags of words for generated documents: each block of nodes is a topic that prefers some words, over a background that
 * all share. Sparse and binary, like the word features of citation data sets.
 */
import { ParameterError } from '../errors.ts';
import { type RandomSequence, randomSequence, STREAM } from '../random.ts';
import type { SparseMatrix } from '../sparseMatrix.ts';
import { weightedChoice } from './weightedChoice.ts';

export interface TopicWordsOptions {
  /** [N] topic of each document. */
  readonly block: Int32Array;
  readonly numBlocks: number;
  readonly numWords: number;
  /** Words each topic prefers; topics overlap by chance. */
  readonly wordsPerTopic: number;
  /** Mean number of different words per document; the shortest has half, the longest one and a half times as many. */
  readonly meanWords: number;
  /** Share of draws from the document's topic; the rest come from the background. */
  readonly topicRatio: number;
  readonly seed: number;
}

/** Zipf weights of the background, 1 / (rank + OFFSET): flattened at the top, where stop words would be removed. */
const ZIPF_OFFSET = 10;

/**
 * Returns the binary document–word matrix [N, numWords]: document i draws words until it has its length of different
 * ones, each from topic block[i] with probability topicRatio (Zipf over the topic's words), else from the background.
 * A two-component mixture of unigrams: Nigam et al. 2000, "Text classification from labeled and unlabeled documents
 * using EM", doi:10.1023/A:1007692713085, with a shared background component.
 * Deterministic in the options. O(N · meanWords · log numWords).
 * @throws {ParameterError} documents longer than the vocabulary, or a ratio outside [0, 1)
 */
export function topicWords(options: TopicWordsOptions): SparseMatrix {
  checkOptions(options);
  const random = randomSequence(options.seed, STREAM.generator, 1);
  const drawTopicWord = Array.from({ length: options.numBlocks }, () => topicChoice(options, random));
  const background = shuffledWords(options.numWords, random);
  const drawRank = weightedChoice(zipf(options.numWords), random);
  const numDocuments = options.block.length;
  const rowPtr = new Int32Array(numDocuments + 1);
  const rows: Int32Array[] = [];
  const shortest = Math.ceil(options.meanWords / 2);
  const spread = 2 * (options.meanWords - shortest) + 1;
  for (let document = 0; document < numDocuments; document++) {
    const length = shortest + random.below(spread);
    const words = new Set<number>();
    const fromTopic = drawTopicWord[options.block[document] as number];
    while (words.size < length) {
      const isTopical = random.uniform() < options.topicRatio;
      words.add(isTopical && fromTopic ? fromTopic() : (background[drawRank()] as number));
    }
    rows.push(Int32Array.from(words).sort());
    rowPtr[document + 1] = (rowPtr[document] as number) + length;
  }
  const colIndex = new Int32Array(rowPtr[numDocuments] as number);
  rows.forEach((row, document) => {
    colIndex.set(row, rowPtr[document] as number);
  });
  return { rows: numDocuments, cols: options.numWords, rowPtr, colIndex, values: null };
}

function zipf(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, rank) => 1 / (rank + ZIPF_OFFSET));
}

function shuffledWords(numWords: number, random: RandomSequence): Int32Array {
  const words = Int32Array.from({ length: numWords }, (_, word) => word);
  random.shuffle(words);
  return words;
}

function topicChoice(options: TopicWordsOptions, random: RandomSequence): () => number {
  const words = shuffledWords(options.numWords, random).subarray(0, options.wordsPerTopic);
  const draw = weightedChoice(zipf(options.wordsPerTopic), random);
  return () => words[draw()] as number;
}

function checkOptions(options: TopicWordsOptions): void {
  const { numWords, wordsPerTopic, meanWords, topicRatio } = options;
  const longest = Math.ceil(1.5 * meanWords);
  if (!(meanWords >= 1 && longest <= numWords)) {
    refuse(
      `Documents of ${meanWords} words on average, of a vocabulary of ${numWords}.`,
      'Use shorter documents.',
    );
  }
  if (!(wordsPerTopic >= 1 && wordsPerTopic <= numWords)) {
    refuse(`A topic has ${wordsPerTopic} of ${numWords} words.`, 'Give each topic between 1 and all words.');
  }
  // At 1 a document longer than its topic's vocabulary would never be finished.
  if (!(topicRatio >= 0 && topicRatio < 1)) {
    refuse(`Topic share is ${topicRatio}.`, 'Give a share from 0 to below 1.');
  }
}

function refuse(message: string, remedy: string): never {
  throw new ParameterError(message, { code: 'topic-words', remedy });
}
