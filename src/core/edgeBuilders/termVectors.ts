/** Texts as TF-IDF vectors over their own words: sparse rows that similarity is measured on. */
import { cellText, type Column } from '../columns.ts';
import { countOf } from './chosenColumns.ts';
import type { Pace } from './buildPace.ts';
import type { SparsePoints } from './points.ts';

/** Runs of letters, the marks that belong to them, and digits, of any script. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export interface TermCuts {
  /** Words in fewer texts are left out: a word of one text has nothing to match, yet makes it longer. */
  readonly minTexts: number;
  /** Words in a larger share of the texts are left out (never a word of two texts): they tell none apart. */
  readonly maxTextsRatio: number;
}

/**
 * Returns a row per text: value of word w in text t = count(w, t) · (ln((1 + N) ∕ (1 + texts with w)) + 1), N texts.
 * Words are lower-cased, of Unicode letters and digits, after NFC, so that composed and decomposed letters are equal.
 *
 * Source: Salton & Buckley 1988, "Term-weighting approaches in automatic text retrieval",
 * doi:10.1016/0306-4573(88)90021-0, with the smoothed idf of scikit-learn's TfidfTransformer,
 * https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting. O(characters).
 */
export async function termVectors(
  column: Column,
  rows: Int32Array,
  nodes: Int32Array,
  cuts: TermCuts,
  pace: Pace,
  notes: string[],
): Promise<SparsePoints> {
  const numberOf = new Map<string, number>();
  const texts: Int32Array[] = [];
  for (const row of rows) {
    const words = cellText(column, row).normalize('NFC').toLowerCase().match(WORD) ?? [];
    const numbers = Int32Array.from(words, (word) => {
      const known = numberOf.get(word);
      if (known !== undefined) return known;
      numberOf.set(word, numberOf.size);
      return numberOf.size - 1;
    });
    texts.push(numbers.sort());
    await pace(texts.length / rows.length);
  }
  const textsWith = new Int32Array(numberOf.size);
  for (const words of texts) {
    forEachWord(words, (word) => {
      textsWith[word] = (textsWith[word] as number) + 1;
    });
  }
  const most = Math.max(2, Math.floor(cuts.maxTextsRatio * rows.length));
  const isKept = (word: number): boolean =>
    (textsWith[word] as number) >= cuts.minTexts && (textsWith[word] as number) <= most;
  const cut = textsWith.filter((_, word) => !isKept(word)).length;
  notes.push(
    `${countOf(numberOf.size - cut, 'word')} compared; ${cut.toLocaleString('en')} too rare or too common.`,
  );
  return weightedRows(texts, nodes, textsWith, isKept);
}

/** Calls back once per distinct word of a sorted text, with its count. */
function forEachWord(sorted: Int32Array, visit: (word: number, count: number) => void): void {
  let start = 0;
  for (let at = 1; at <= sorted.length; at++) {
    if (at < sorted.length && sorted[at] === sorted[start]) continue;
    visit(sorted[start] as number, at - start);
    start = at;
  }
}

function weightedRows(
  texts: readonly Int32Array[],
  nodes: Int32Array,
  textsWith: Int32Array,
  isKept: (word: number) => boolean,
): SparsePoints {
  const rowPtr = new Int32Array(texts.length + 1);
  const capacity = texts.reduce((sum, words) => sum + words.length, 0);
  const colIndex = new Int32Array(capacity);
  const values = new Float64Array(capacity);
  let used = 0;
  texts.forEach((words, row) => {
    forEachWord(words, (word, count) => {
      if (!isKept(word)) return;
      colIndex[used] = word;
      values[used++] = count * (Math.log((1 + texts.length) / (1 + (textsWith[word] as number))) + 1);
    });
    rowPtr[row + 1] = used;
  });
  return {
    kind: 'sparse',
    nodes,
    width: textsWith.length,
    rowPtr,
    colIndex: colIndex.subarray(0, used),
    values: values.subarray(0, used),
  };
}
