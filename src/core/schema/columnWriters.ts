/** Writers of columns row by row, for conversions and formulas: what is not written stays missing. */
import { type Bitset, countBits, createBitset, hasBit, setBit } from '../bitset.ts';
import { allocateFloat32, allocateFloat64, allocateInt32, allocateUint8 } from '../buffers.ts';
import { isCategorical, orderCategories } from '../categoryRules.ts';
import type { Column } from '../columns.ts';
import { createUtf8Builder } from '../utf8Table.ts';

export type NumberKind = 'bool' | 'i32' | 'f32' | 'f64' | 'date';

export interface NumberWriter {
  /** Returns false, leaving the cell missing, when the kind cannot hold the value. */
  set(row: number, value: number): boolean;
  finish(): Column;
}

/** Beyond this, JavaScript has no date: ±100 million days, https://tc39.es/ecma262/#sec-time-values-and-time-range. */
const MAX_TIME_MS = 8.64e15;

/** Which finite numbers a kind holds: 0 and 1, 32-bit integers, the range of float32, all, times that are dates. */
const HOLDS: Readonly<Record<NumberKind, (value: number) => boolean>> = {
  bool: (value) => value === 0 || value === 1,
  i32: (value) => (value | 0) === value,
  f32: (value) => Number.isFinite(Math.fround(value)),
  f64: (value) => Number.isFinite(value),
  date: (value) => Math.abs(value) <= MAX_TIME_MS,
};

export function createNumberWriter(kind: NumberKind, name: string, length: number): NumberWriter {
  const valid = createBitset(length);
  const { column, values } = emptyNumbers(kind, name, length);
  const holds = HOLDS[kind];
  return {
    set(row, value) {
      if (!holds(value)) return false;
      values[row] = value;
      setBit(valid, row);
      return true;
    },
    finish: () => ({ ...column, validity: validityOf(valid) }),
  };
}

function emptyNumbers(
  kind: NumberKind,
  name: string,
  length: number,
): { column: Column; values: Uint8Array | Int32Array | Float32Array | Float64Array } {
  const base = { name, length, validity: null };
  switch (kind) {
    case 'bool': {
      const values = allocateUint8(length);
      return { column: { ...base, kind, values }, values };
    }
    case 'i32': {
      const values = allocateInt32(length);
      return { column: { ...base, kind, values }, values };
    }
    case 'f32': {
      const values = allocateFloat32(length);
      return { column: { ...base, kind, values }, values };
    }
    case 'f64':
    case 'date': {
      const values = allocateFloat64(length);
      return { column: { ...base, kind, values }, values };
    }
    default:
      return kind satisfies never;
  }
}

/** Null when every row is present, as columns have it. */
export function validityOf(valid: Bitset): Bitset | null {
  return countBits(valid) === valid.length ? null : valid;
}

export interface WordWriter {
  set(row: number, word: string): void;
  readonly numDistinct: number;
  /** As asked for, or as the words suggest (`isCategorical`). */
  finish(kind: 'category' | 'text' | 'inferred'): Column;
}

/** Distinct words are kept once, rows as codes. */
export function createWordWriter(name: string, length: number): WordWriter {
  const valid = createBitset(length);
  const codes = allocateInt32(length);
  const codeOf = new Map<string, number>();
  const base = { name, length };
  const asCategory = (): Column => {
    const words = [...codeOf.keys()];
    const dictionary = orderCategories(words);
    const place = new Map(dictionary.map((word, at) => [word, at]));
    const ordered = Int32Array.from(words, (word) => place.get(word) as number);
    for (let row = 0; row < length; row++) codes[row] = ordered[codes[row] as number] ?? 0;
    return { ...base, kind: 'category', validity: validityOf(valid), codes, dictionary };
  };
  const asText = (): Column => {
    const words = [...codeOf.keys()];
    const validity = validityOf(valid);
    const builder = createUtf8Builder();
    for (let row = 0; row < length; row++) {
      const isPresent = validity === null || hasBit(validity, row);
      builder.push(isPresent ? (words[codes[row] as number] as string) : '');
    }
    return { ...base, kind: 'text', validity, text: builder.finish() };
  };
  return {
    set(row, word) {
      const code = codeOf.get(word) ?? codeOf.size;
      codeOf.set(word, code);
      codes[row] = code;
      setBit(valid, row);
    },
    get numDistinct() {
      return codeOf.size;
    },
    finish(kind) {
      const isCategory =
        kind === 'category' || (kind === 'inferred' && isCategorical(codeOf.size, countBits(valid)));
      return isCategory ? asCategory() : asText();
    },
  };
}
