/**
 * Attributes that statements give to nodes and edges one after another, later ones over earlier ones: kept as triples of
 * numbers until the file has ended, then handed out per owner.
 */
import { LimitError } from '../../core/errors.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import type { AttributeEntry } from '../records/recordTypes.ts';

/** Values of all nodes or edges together; defaults multiply in hostile files. */
const MAX_VALUES = 40_000_000;

class Words {
  readonly texts: string[] = [];
  readonly #codes = new Map<string, number>();

  codeOf(text: string): number {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.texts.length;
      this.#codes.set(text, code);
      this.texts.push(text);
    }
    return code;
  }
}

export class AttributeLog {
  readonly #names = new Words();
  readonly #values = new Words();
  readonly #owner = new GrowableInt32();
  readonly #name = new GrowableInt32();
  readonly #value = new GrowableInt32();

  /** @throws {LimitError} more than 40 million values */
  set(owner: number, name: string, value: string): void {
    if (this.#owner.length >= MAX_VALUES) failMany();
    this.#owner.push(owner);
    this.#name.push(this.#names.codeOf(name));
    this.#value.push(this.#values.codeOf(value));
  }

  /** Returns a function from owner to its attributes in order of first mention. O(owners + values). */
  finish(numOwners: number): (owner: number) => AttributeEntry[] {
    const start = new Int32Array(numOwners + 1);
    const { length } = this.#owner;
    for (let at = 0; at < length; at++) {
      const owner = this.#owner.at(at);
      start[owner + 1] = (start[owner + 1] as number) + 1;
    }
    for (let owner = 0; owner < numOwners; owner++)
      start[owner + 1] = (start[owner + 1] as number) + (start[owner] as number);
    const next = start.slice();
    const order = new Int32Array(length);
    for (let at = 0; at < length; at++) {
      const owner = this.#owner.at(at);
      const slot = next[owner] as number;
      order[slot] = at;
      next[owner] = slot + 1;
    }
    return (owner) => this.#entries(order.subarray(start[owner], start[owner + 1]));
  }

  #entries(positions: Int32Array): AttributeEntry[] {
    const latest = new Map<number, number>();
    for (const at of positions) latest.set(this.#name.at(at), this.#value.at(at));
    return Array.from(latest, ([name, value]) => [
      this.#names.texts[name] as string,
      this.#values.texts[value] as string,
    ]);
  }
}

function failMany(): never {
  throw new LimitError(
    `The graph has more than ${MAX_VALUES.toLocaleString('en-US')} attribute values, with defaults.`,
    {
      code: 'too-many-values',
      remedy: 'Remove default attributes (`node [ … ]`, `edge [ … ]`) that only serve drawing.',
      details: { limit: MAX_VALUES },
    },
  );
}
