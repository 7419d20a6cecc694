/** Plain-loop oracles of the additive attention scores and their gradients, in double precision; every device must agree. */

/** An entry list with the operands; `attention` null stands for ones. */
export interface AttentionCase {
  readonly rowPtr: ArrayLike<number>;
  readonly colIndex: ArrayLike<number>;
  /** [R, A·D] */
  readonly receiver: ArrayLike<number>;
  /** [K, A·D] */
  readonly sender: ArrayLike<number>;
  /** [A, D] */
  readonly attention: ArrayLike<number> | null;
  readonly heads: number;
  readonly depth: number;
  readonly negativeSlope: number;
}

/** Calls `visit` with every entry, head and channel: pre-activation and positions in receiver, sender, attention, scores. */
function forEachTerm(
  { rowPtr, colIndex, receiver, sender, heads, depth }: AttentionCase,
  visit: (pre: number, inReceiver: number, inSender: number, inAttention: number, inScores: number) => void,
): void {
  const width = heads * depth;
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const column = colIndex[k] as number;
      for (let at = 0; at < width; at++) {
        const [a, b] = [row * width + at, column * width + at];
        // Rounded as the devices round it, so that both sides of zero agree.
        const pre = Math.fround((receiver[a] as number) + (sender[b] as number));
        visit(pre, a, b, at, k * heads + Math.floor(at / depth));
      }
    }
  }
}

/** Returns [E, heads]. */
export function additiveAttentionReference(test: AttentionCase): Float64Array {
  const out = new Float64Array(test.colIndex.length * test.heads);
  forEachTerm(test, (pre, _a, _b, at, score) => {
    const active = pre > 0 ? pre : pre * test.negativeSlope;
    out[score] = (out[score] as number) + (test.attention?.[at] ?? 1) * active;
  });
  return out;
}

/** Returns the gradients for receiver, sender and attention under the incoming `gradient` [E, heads]. */
export function additiveAttentionGradientReference(
  test: AttentionCase,
  gradient: ArrayLike<number>,
): { receiver: Float64Array; sender: Float64Array; attention: Float64Array } {
  const receiver = new Float64Array(test.receiver.length);
  const sender = new Float64Array(test.sender.length);
  const attention = new Float64Array(test.heads * test.depth);
  forEachTerm(test, (pre, a, b, at, score) => {
    const incoming = gradient[score] as number;
    const slope = (pre > 0 ? 1 : test.negativeSlope) * (test.attention?.[at] ?? 1);
    receiver[a] = (receiver[a] as number) + incoming * slope;
    sender[b] = (sender[b] as number) + incoming * slope;
    const active = pre > 0 ? pre : pre * test.negativeSlope;
    attention[at] = (attention[at] as number) + incoming * active;
  });
  return { receiver, sender, attention };
}
