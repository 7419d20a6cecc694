/**
 * One attribute of records, kept as text until all of it was seen and then typed by the rules of table columns, or by
 * what the file declares. Rows come in ascending order; rows without a value are missing.
 */
import type { Column } from '../../core/columns.ts';
import { createUtf8Builder, type Utf8Table } from '../../core/utf8Table.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { parseIsoDate } from '../delimited/numberScan.ts';
import { ColumnBuilder, type NumberKind, type StartKind, startKindFor } from '../tables/columnBuilder.ts';
import type { AttributeValue, DeclaredKind } from './recordTypes.ts';

const textOf = (value: Exclude<AttributeValue, null>): string => {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return Array.isArray(value) ? `[${value.join(',')}]` : String(value);
};

export class RecordColumn {
  readonly name: string;
  readonly #kind: DeclaredKind;
  readonly #rows = new GrowableInt32();
  readonly #text = createUtf8Builder();
  #hasOnlyStrings = true;
  #hasStrings = false;

  constructor(name: string, kind: DeclaredKind) {
    this.name = name;
    this.#kind = kind;
  }

  get lastRow(): number {
    return this.#rows.length === 0 ? -1 : this.#rows.at(this.#rows.length - 1);
  }

  /** Appends the value of a row beyond `lastRow`; null is left out. */
  push(row: number, value: AttributeValue): void {
    if (value === null) return;
    if (typeof value === 'string') this.#hasStrings = true;
    else this.#hasOnlyStrings = false;
    this.#rows.push(row);
    this.#text.push(textOf(value));
  }

  /** The values as text when all rows up to `length` have one, else null. */
  completeTexts(length: number): Utf8Table | null {
    return this.#rows.length === length ? this.#text.finish() : null;
  }

  /**
   * Returns the finished column of `length` rows, or null when it has no value. May be called again (a preview).
   * @param rowOf new row of each old one, ascending, -1 = left out; null = unchanged
   * @param start overrides how cells are read, as a person chose
   */
  finish(length: number, rowOf: Int32Array | null, start?: StartKind): Column | null {
    if (this.#rows.length === 0) return null;
    const text = this.#text.finish();
    const isLiteral = start === undefined ? this.#isLiteral(text) : start === 'text';
    let next: StartKind | null = start ?? (isLiteral ? 'text' : this.#start());
    for (;;) {
      const builder = new ColumnBuilder(this.name, { start: next, isLiteral, ...this.#numberKind() });
      this.#feed(builder, text, length, rowOf);
      next = builder.settle();
      if (next === null) return builder.finish();
    }
  }

  #start(): StartKind {
    return this.#kind === 'words' ? startKindFor(this.name) : 'values';
  }

  #numberKind(): { readonly numberKind?: NumberKind } {
    if (this.#kind === 'integer') return { numberKind: 'i32' };
    return this.#kind === 'f32' || this.#kind === 'f64' ? { numberKind: this.#kind } : {};
  }

  /** True when cells are words whatever they look like: declared text, or JSON strings that are no dates. */
  #isLiteral(text: Utf8Table): boolean {
    if (this.#kind === 'text') return true;
    if (this.#kind !== 'values' || !this.#hasStrings) return false;
    if (!this.#hasOnlyStrings) return true;
    for (let at = 0; at < text.length; at++) {
      const [from, to] = [text.offsets[at] as number, text.offsets[at + 1] as number];
      if (Number.isNaN(parseIsoDate(text.bytes, from, to))) return true;
    }
    return false;
  }

  #feed(builder: ColumnBuilder, text: Utf8Table, length: number, rowOf: Int32Array | null): void {
    for (let at = 0; at < this.#rows.length; at++) {
      const row = rowOf === null ? this.#rows.at(at) : (rowOf[this.#rows.at(at)] as number);
      if (row < 0) continue;
      builder.padTo(row);
      builder.push(text.bytes, text.offsets[at] as number, text.offsets[at + 1] as number, 0);
    }
    builder.padTo(length);
  }
}

/** The attributes of one owner (a node type, or all edges) by name. */
export type AttributeTable = Map<string, RecordColumn>;
