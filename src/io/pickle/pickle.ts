/**
 * Reads the few Python pickles that published data sets ship: numbers, strings, lists, dicts, NumPy arrays and SciPy
 * CSR matrices, protocols 0 to 2. It builds plain values and runs nothing: any other class or opcode is refused.
 * Format: https://docs.python.org/3/library/pickletools.html
 */
import { ParseError } from '../../core/errors.ts';
import { buildObject, findClass, type PickleValue, reduceObject } from './pickleObjects.ts';

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** Marks the start of a group on the stack. */
const MARK = Symbol('mark');

class Unpickler {
  #at = 0;
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #view: DataView;

  constructor(
    private readonly path: string,
    private readonly bytes: Uint8Array,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  load(): PickleValue {
    for (;;) {
      const opcode = this.#byte();
      if (opcode === 0x2e) return this.#pop();
      if (!this.#value(opcode) && !this.#structure(opcode)) this.#failOpcode(opcode);
    }
  }

  /** Opcodes that push a value of their own. */
  #value(opcode: number): boolean {
    switch (String.fromCharCode(opcode)) {
      case 'N':
        return this.#push(null);
      case '\x88':
        return this.#push(true);
      case '\x89':
        return this.#push(false);
      case 'K':
        return this.#push(this.#byte());
      case 'M':
        return this.#push(this.#view.getUint16(this.#take(2), true));
      case 'J':
        return this.#push(this.#view.getInt32(this.#take(4), true));
      case 'I':
      case 'L':
        return this.#push(this.#number(this.#line().replace(/L$/, '')));
      case 'F':
        return this.#push(this.#number(this.#line()));
      case 'G':
        return this.#push(this.#view.getFloat64(this.#take(8), false));
      case 'U':
        return this.#push(this.#raw(this.#byte()));
      case 'T':
        return this.#push(this.#raw(this.#length()));
      case 'X':
        return this.#push(utf8.decode(this.#raw(this.#length())));
      case ')':
      case ']':
        return this.#push([]);
      case '}':
        return this.#push(new Map());
      case 'c':
        return this.#push(findClass(this.path, this.#line(), this.#line()));
      default:
        return false;
    }
  }

  /** Opcodes that work on what is there. */
  #structure(opcode: number): boolean {
    switch (String.fromCharCode(opcode)) {
      case '\x80':
        this.#take(1);
        return true;
      case '(':
        this.#stack.push(MARK);
        return true;
      case 't':
      case 'l':
        return this.#push(this.#popGroup());
      case '\x85':
      case '\x86':
      case '\x87':
        return this.#push(this.#stack.splice(-(opcode - 0x84)) as PickleValue[]);
      case 'a':
        return this.#append([this.#pop()]);
      case 'e':
        return this.#append(this.#popGroup());
      case 's':
        return this.#setItems([this.#pop(), this.#pop()].reverse());
      case 'u':
        return this.#setItems(this.#popGroup());
      case 'q':
      case 'p':
      case 'r':
        return this.#remember(opcode);
      case 'h':
        return this.#push(this.#recall(this.#byte()));
      case 'g':
        return this.#push(this.#recall(Number(this.#line())));
      case 'j':
        return this.#push(this.#recall(this.#length()));
      case 'R':
      case '\x81': {
        const args = this.#pop();
        return this.#push(reduceObject(this.path, this.#pop(), args));
      }
      case 'b': {
        const state = this.#pop();
        return this.#push(buildObject(this.path, this.#pop(), state));
      }
      default:
        return false;
    }
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    return value === undefined || value === MARK ? this.#failDamaged() : value;
  }

  #popGroup(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) this.#failDamaged();
    const group = this.#stack.splice(mark) as PickleValue[];
    return group.slice(1);
  }

  #append(items: readonly PickleValue[]): true {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) return this.#failDamaged();
    for (const item of items) list.push(item);
    return true;
  }

  #setItems(items: readonly PickleValue[]): true {
    const dict = this.#stack.at(-1);
    if (!(dict instanceof Map)) return this.#failDamaged();
    for (let at = 0; at + 1 < items.length; at += 2) dict.set(keyOf(items[at]), items[at + 1] as PickleValue);
    return true;
  }

  #remember(opcode: number): true {
    const slot = opcode === 0x71 ? this.#byte() : opcode === 0x72 ? this.#length() : Number(this.#line());
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) return this.#failDamaged();
    this.#memo.set(slot, value);
    return true;
  }

  #recall(slot: number): PickleValue {
    const value = this.#memo.get(slot);
    return value === undefined ? this.#failDamaged() : value;
  }

  #take(count: number): number {
    const from = this.#at;
    this.#at += count;
    if (count < 0 || this.#at > this.bytes.length) this.#failDamaged();
    return from;
  }

  #byte(): number {
    return this.bytes[this.#take(1)] as number;
  }

  #length(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  #raw(length: number): Uint8Array {
    const from = this.#take(length);
    return this.bytes.slice(from, from + length);
  }

  #line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) this.#failDamaged();
    const text = latin1.decode(this.bytes.slice(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #number(text: string): number {
    const value = Number(text);
    return Number.isNaN(value) ? this.#failDamaged() : value;
  }

  #failOpcode(opcode: number): never {
    const shown = `0x${opcode.toString(16).padStart(2, '0')}`;
    throw new ParseError(
      `${this.path}: the pickle uses opcode ${shown} at byte ${this.#at - 1}, which is not read.`,
      {
        code: 'pickle-opcode',
        remedy: 'Convert the data to CSV; only plain NumPy and SciPy pickles are read, and none is executed.',
        details: { file: this.path, opcode, offset: this.#at - 1 },
      },
    );
  }

  #failDamaged(): never {
    throw new ParseError(`${this.path}: the pickle is damaged or incomplete.`, {
      code: 'damaged-pickle',
      remedy: 'Download the file again.',
      details: { file: this.path, offset: this.#at },
    });
  }
}

/** Dict keys are compared by value: Python 2 strings arrive as bytes. */
function keyOf(value: PickleValue | undefined): string | number {
  if (value instanceof Uint8Array) return latin1.decode(value);
  return typeof value === 'number' || typeof value === 'string' ? value : String(value);
}

/**
 * Returns the value in a pickle. Executes nothing.
 * @throws {ParseError} a class or opcode outside the list, or damaged bytes
 */
export function readPickle(path: string, bytes: Uint8Array): PickleValue {
  return new Unpickler(path, bytes).load();
}
