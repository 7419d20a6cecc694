/** Cells that hold a vector: `[0.1, 0.2]`, with commas, semicolons or blanks between the numbers (NumPy prints blanks). */
import { NumberScanner } from './numberScan.ts';

const OPEN = 91;
const CLOSE = 93;
/** Wider vectors belong into a .npy or .parquet file. */
const MAX_WIDTH = 65_536;

const isSeparator = (byte: number): boolean =>
  byte === 44 || byte === 59 || byte === 32 || byte === 10 || byte === 13;

/** True when the cell is bracketed as a vector is. */
export const looksLikeVector = (bytes: Uint8Array, start: number, end: number): boolean =>
  end - start > 2 && bytes[start] === OPEN && bytes[end - 1] === CLOSE;

export class VectorScanner {
  readonly #numbers = new NumberScanner();
  /** Numbers of the last parsed cell; valid up to the width it returned. */
  values = new Float64Array(64);

  /** Returns the width of the vector in bytes[start..end), its numbers in `values`; 0 when it is none. O(bytes). */
  parse(bytes: Uint8Array, start: number, end: number): number {
    if (!looksLikeVector(bytes, start, end)) return 0;
    let width = 0;
    let at = start + 1;
    const last = end - 1;
    while (at < last) {
      while (at < last && isSeparator(bytes[at] as number)) at++;
      if (at === last) break;
      const from = at;
      while (at < last && !isSeparator(bytes[at] as number)) at++;
      const value = this.#numbers.parse(bytes, from, at);
      if (Number.isNaN(value) || width === MAX_WIDTH) return 0;
      if (width === this.values.length) {
        const wider = new Float64Array(width * 2);
        wider.set(this.values);
        this.values = wider;
      }
      this.values[width++] = value;
    }
    return width;
  }
}
