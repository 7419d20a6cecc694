/**
 * Builds one typed column from cells as they stream by. It starts with the narrowest kind and widens (bool, int, float,
 * date or vector → text). A widening that would need the text of earlier numbers cannot be undone here: the builder then asks
 * for a second pass (`needsReread`) in which it starts wide. Rules are in `columnInference.ts`.
 */
import { type Bitset, clearBit, createBitset } from '../../core/bitset.ts';
import { isCategorical, MAX_CATEGORIES } from '../../core/categoryRules.ts';
import type { Column } from '../../core/columns.ts';
import { createUtf8Builder, type Utf8Builder, utf8Strings } from '../../core/utf8Table.ts';
import {
  FLOAT32_DIGITS,
  isFlagName,
  MAX_INTEGER_DIGITS,
  prefersCategory,
  sortDictionary,
} from './columnInference.ts';
import { GrowableFloat64, GrowableInt32 } from '../bytes/growable.ts';
import { VectorScanner } from '../delimited/vectorScan.ts';
import { createIdInterner, type IdInterner } from './idInterner.ts';
import { MAX_LISTED } from '../notices.ts';
import {
  isMissingWord,
  isNonFiniteWord,
  NumberScanner,
  parseBoolean,
  parseIsoDate,
} from '../delimited/numberScan.ts';

/** `labels`: words as categories even when numeric; `values`: infer; `text`: words, known not to be numbers. */
export type StartKind = 'labels' | 'values' | 'text';

export interface ColumnBuilderOptions {
  readonly start?: StartKind;
  readonly decimalComma?: boolean;
  /** Cells are text whatever they look like: `NA` and the empty cell are words too. For `text` only. */
  readonly isLiteral?: boolean;
  /** How numbers are stored; without it the shortest kind that loses nothing. */
  readonly numberKind?: NumberKind;
}

export type NumberKind = 'i32' | 'f32' | 'f64';

type State = 'empty' | 'bool' | 'int' | 'float' | 'date' | 'vector' | 'words' | 'text';

/** A label that differs on each of so many rows is a name. */
const MIN_ROWS_OF_NAMES = 20;

const isNumberState = (state: State): boolean => state === 'int' || state === 'float';

/** Where a builder should begin for a column of this name: labels stay categories, everything else is inferred. */
export const startKindFor = (name: string): StartKind => (prefersCategory(name) ? 'labels' : 'values');

export class ColumnBuilder {
  readonly name: string;
  length = 0;
  /** Set when earlier cells must be read again, starting from this kind. */
  needsReread: StartKind | null = null;
  /** Cells such as `NaN` or `Infinity`, which numeric columns treat as missing; with their lines. */
  nonFinite = 0;
  readonly nonFiniteExamples: { line: number; text: string }[] = [];

  #state: State;
  readonly #start: StartKind;
  #numbers = new GrowableFloat64();
  #words: IdInterner | null = null;
  #codes = new GrowableInt32();
  #text: Utf8Builder | null = null;
  readonly #missing = new GrowableInt32();
  readonly #scanner: NumberScanner;
  readonly #isLiteral: boolean;
  readonly #numberKind: NumberKind | undefined;
  #vectors: VectorScanner | null = null;
  #width = 0;
  #maxDigits = 0;
  #isZeroOne = true;
  /** A word such as `Infinity` was taken for a missing number. */
  #lostWords = false;

  constructor(name: string, options: ColumnBuilderOptions = {}) {
    this.name = name;
    this.#start = options.start ?? startKindFor(name);
    this.#scanner = new NumberScanner(options.decimalComma);
    this.#isLiteral = options.isLiteral ?? false;
    this.#numberKind = options.numberKind;
    this.#state = this.#start === 'values' ? 'empty' : 'words';
    if (this.#state === 'words') this.#words = createIdInterner();
  }

  /** Appends the cell bytes[start..end), absent when it ends before it starts; `line` is for notices. */
  push(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (end < start) return this.pushMissing();
    if (!this.#isLiteral && isMissingWord(bytes, start, end)) {
      if (start < end && isNonFiniteWord(bytes, start, end)) this.#countNonFinite(bytes, start, end, line);
      this.pushMissing();
      return;
    }
    switch (this.#state) {
      case 'int':
      case 'float':
        return this.#pushNumber(bytes, start, end, line);
      case 'words':
        return this.#pushWord(bytes, start, end);
      case 'text':
        return this.#pushText(bytes, start, end);
      case 'empty':
        this.#state = this.#classify(bytes, start, end);
        return this.push(bytes, start, end, line);
      case 'bool': {
        const value = parseBoolean(bytes, start, end);
        return value < 0 ? this.#widenToWords(bytes, start, end) : this.#append(value);
      }
      case 'date': {
        const time = parseIsoDate(bytes, start, end);
        return Number.isNaN(time) ? this.#widenToWords(bytes, start, end) : this.#append(time);
      }
      case 'vector':
        return this.#pushVector(bytes, start, end);
      default:
        return this.#state satisfies never;
    }
  }

  pushMissing(): void {
    this.#missing.push(this.length);
    switch (this.#state) {
      case 'words':
        this.#codes.push(-1);
        break;
      case 'text':
        this.#text?.push('');
        break;
      case 'vector':
        for (let column = 0; column < this.#width; column++) this.#numbers.push(0);
        break;
      default:
        this.#numbers.push(0);
    }
    this.length++;
  }

  /** Fills up with missing cells: rows of files that lack the column, nodes added later. */
  padTo(length: number): void {
    while (this.length < length) this.pushMissing();
  }

  /** True when cells like `NaN` were meant as numbers. */
  get isNumeric(): boolean {
    return isNumberState(this.#state) || this.#state === 'empty';
  }

  /**
   * Ends a pass over the file; returns the kind to start the next pass with, or null when the column is settled.
   * Labels turn out to be values when they are decimals, more than 1,000, or all different.
   */
  settle(): StartKind | null {
    if (this.needsReread !== null || this.#start !== 'labels' || this.#words === null)
      return this.needsReread;
    const present = this.length - this.#missing.length;
    const numDistinct = this.#words.length;
    const areNames = numDistinct === present && present >= MIN_ROWS_OF_NAMES;
    const words = utf8Strings(this.#words.finish());
    const areNumbers = words.length > 0 && words.every((word) => Number.isFinite(Number(word)));
    const hasDecimals = areNumbers && words.some((word) => !/^[+-]?\d+$/.test(word));
    if (areNames || hasDecimals) this.needsReread = 'values';
    return this.needsReread;
  }

  /** Returns the finished column. Owner of the buffers is the caller; the builder is spent. */
  finish(): Column {
    const base = { name: this.name, length: this.length, validity: this.#validity() };
    const present = this.length - this.#missing.length;
    switch (this.#state) {
      case 'int':
        if (this.#isZeroOne && isFlagName(this.name) && this.#numberKind === undefined) {
          return { ...base, kind: 'bool', values: this.#numbers.finishAsUint8() };
        }
        return this.#finishNumbers(base, this.#numberKind ?? 'i32');
      case 'float':
        return this.#finishNumbers(base, this.#floatKind());
      case 'bool':
        return { ...base, kind: 'bool', values: this.#numbers.finishAsUint8() };
      case 'date':
        return { ...base, kind: 'date', values: this.#numbers.finish() };
      case 'vector':
        return { ...base, kind: 'vector', width: this.#width, values: this.#numbers.finishAsFloat32() };
      case 'words': {
        const words = this.#words as IdInterner;
        if (this.#start !== 'labels' && !isCategorical(words.length, present)) {
          this.#spillToText();
          return { ...base, kind: 'text', text: (this.#text as Utf8Builder).finish() };
        }
        const codes = this.#codes.finish();
        const dictionary = sortDictionary(words, codes, () => utf8Strings(words.finish()));
        return { ...base, kind: 'category', codes, dictionary };
      }
      case 'empty':
        this.#text = createUtf8Builder();
        for (let row = 0; row < this.length; row++) this.#text.push('');
        return { ...base, kind: 'text', text: this.#text.finish() };
      case 'text':
        return { ...base, kind: 'text', text: (this.#text as Utf8Builder).finish() };
      default:
        return this.#state satisfies never;
    }
  }

  #floatKind(): NumberKind {
    if (this.#numberKind === 'f32' || this.#numberKind === 'f64') return this.#numberKind;
    return this.#maxDigits <= FLOAT32_DIGITS ? 'f32' : 'f64';
  }

  #finishNumbers(base: Pick<Column, 'name' | 'length' | 'validity'>, kind: NumberKind): Column {
    switch (kind) {
      case 'i32':
        return { ...base, kind, values: this.#numbers.finishAsInt32() };
      case 'f32':
        return { ...base, kind, values: this.#numbers.finishAsFloat32() };
      case 'f64':
        return { ...base, kind, values: this.#numbers.finish() };
      default:
        return kind satisfies never;
    }
  }

  #classify(bytes: Uint8Array, start: number, end: number): State {
    if (isNonFiniteWord(bytes, start, end)) return 'float';
    const value = this.#scanner.parse(bytes, start, end);
    if (!Number.isNaN(value) && !this.#isLongInteger()) return 'int';
    if (parseBoolean(bytes, start, end) >= 0) return 'bool';
    if (!Number.isNaN(parseIsoDate(bytes, start, end))) return 'date';
    if (this.#startVectors(bytes, start, end)) return 'vector';
    this.#startWords();
    return 'words';
  }

  #isLongInteger(): boolean {
    return this.#scanner.isInteger && this.#scanner.digits > MAX_INTEGER_DIGITS;
  }

  /** True when the first cell is a vector; the missing cells before it become rows of zeros. */
  #startVectors(bytes: Uint8Array, start: number, end: number): boolean {
    const scanner = new VectorScanner();
    this.#width = scanner.parse(bytes, start, end);
    if (this.#width === 0) return false;
    this.#vectors = scanner;
    this.#numbers = new GrowableFloat64();
    for (let at = 0; at < this.length * this.#width; at++) this.#numbers.push(0);
    return true;
  }

  /** A cell of another width, or none, makes the column text: vectors of one column have one width. */
  #pushVector(bytes: Uint8Array, start: number, end: number): void {
    const scanner = this.#vectors as VectorScanner;
    if (scanner.parse(bytes, start, end) !== this.#width) {
      this.#numbers = new GrowableFloat64();
      return this.#widenToWords(bytes, start, end);
    }
    for (let column = 0; column < this.#width; column++) this.#numbers.push(scanner.values[column] as number);
    this.length++;
  }

  #append(value: number): void {
    this.#numbers.push(value);
    this.length++;
  }

  #pushNumber(bytes: Uint8Array, start: number, end: number, line: number): void {
    const value = this.#scanner.parse(bytes, start, end);
    if (Number.isNaN(value)) {
      if (!isNonFiniteWord(bytes, start, end)) return this.#widenToWords(bytes, start, end);
      this.#lostWords = true;
      this.#countNonFinite(bytes, start, end, line);
      this.pushMissing();
      return;
    }
    if (this.#isLongInteger()) return this.#widenToWords(bytes, start, end);
    if (this.#scanner.digits > this.#maxDigits) this.#maxDigits = this.#scanner.digits;
    if (this.#state === 'int' && (!this.#scanner.isInteger || (value | 0) !== value)) this.#state = 'float';
    if (value !== 0 && value !== 1) this.#isZeroOne = false;
    // Beyond the range of float32 the exponent, not the digits, decides.
    const magnitude = Math.abs(value);
    if (magnitude > 3e38 || (magnitude < 1e-37 && value !== 0)) this.#maxDigits = FLOAT32_DIGITS + 1;
    this.#append(value);
  }

  #countNonFinite(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.nonFinite++;
    if (this.nonFiniteExamples.length < MAX_LISTED) {
      const text = String.fromCharCode(...bytes.subarray(start, end));
      this.nonFiniteExamples.push({ line, text: `${this.name}: ${text}` });
    }
  }

  #startWords(): void {
    this.#words = createIdInterner();
    for (let row = 0; row < this.length; row++) this.#codes.push(-1);
  }

  #widenToWords(bytes: Uint8Array, start: number, end: number): void {
    // Missing cells have no text to lose; anything else must be read again.
    if (this.#lostWords || this.#missing.length < this.length) this.needsReread ??= 'text';
    this.#state = 'words';
    this.#startWords();
    this.#pushWord(bytes, start, end);
  }

  #pushWord(bytes: Uint8Array, start: number, end: number): void {
    const words = this.#words as IdInterner;
    const code = words.intern(bytes, start, end);
    this.#codes.push(code);
    this.length++;
    if (words.length <= MAX_CATEGORIES) return;
    if (this.#start === 'labels') this.needsReread ??= 'values';
    this.#spillToText();
  }

  #spillToText(): void {
    const table = (this.#words as IdInterner).finish();
    this.#text = createUtf8Builder();
    for (const code of this.#codes.view()) {
      if (code < 0) this.#text.push('');
      else
        this.#text.pushBytes(table.bytes, table.offsets[code] as number, table.offsets[code + 1] as number);
    }
    this.#state = 'text';
    this.#words = null;
    this.#codes = new GrowableInt32();
  }

  #pushText(bytes: Uint8Array, start: number, end: number): void {
    this.#text?.pushBytes(bytes, start, end);
    this.length++;
  }

  #validity(): Bitset | null {
    if (this.#missing.length === 0) return null;
    const validity = createBitset(this.length, true);
    for (const row of this.#missing.view()) clearBit(validity, row);
    return validity;
  }
}
