import { describe, expect, it } from 'vitest';
import { expectClose } from '../../cli/wasmTesting.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { correctAndSmooth, type CorrectAndSmoothOptions } from './correctAndSmooth.ts';
import { propagateLabels } from './label-propagation.ts';
import { logShares } from './labelSpreading.ts';

const breathe = (): Promise<void> => Promise.resolve();

/** KITE with `isolated` more nodes that have no edge. */
function kite(isolated = 0): MessageGraph {
  const count = 4 + isolated;
  const graph = buildGraph({
    name: 'kite',
    nodeTables: [{ type: 'node', columns: [], count }],
    nodeIds: utf8Table(Array.from({ length: count }, (_, node) => String(node))),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.of(0, 0, 1, 2),
    target: Int32Array.of(1, 2, 2, 3),
    edgeType: null,
    edgeColumns: [],
  });
  return buildMessageGraph(graph, { flow: 'both' });
}

/** Labels 0 → class 0, 3 → class 1; the others unknown. */
const CODES = Int32Array.of(0, -1, -1, 1);
const ROWS = Int32Array.of(0, 3);

describe('label propagation on KITE', () => {
  it('spreading reaches the fixed point', async () => {
    const options = { variant: 'spreading', alpha: 0.8, steps: 50, classBalanced: false, breathe } as const;
    const scores = await propagateLabels(kite(), CODES, ROWS, 2, options);
    const expected = [0.375552, 0.116636, 0.232695, 0.116636, 0.252525, 0.214274, 0.116636, 0.298969];
    expectClose(scores, expected, 2e-5);
  });

  it('harmonic keeps labelled nodes and averages the others', async () => {
    const options = { variant: 'harmonic', alpha: 0.9, steps: 200, classBalanced: false, breathe } as const;
    const scores = await propagateLabels(kite(), CODES, ROWS, 2, options);
    expectClose(scores, [1, 0, 0.8, 0.2, 0.6, 0.4, 0, 1], 1e-6);
  });

  it('balanced classes start with equal totals', async () => {
    const codes = Int32Array.of(0, 0, 0, 1);
    const rows = Int32Array.of(0, 1, 2, 3);
    const options = { variant: 'spreading', alpha: 0, steps: 1, classBalanced: true, breathe } as const;
    const scores = await propagateLabels(kite(), codes, rows, 2, options);
    expectClose(scores, [2 / 3, 0, 2 / 3, 0, 2 / 3, 0, 0, 2], 1e-6);
  });

  it('a node that no label reaches has no evidence: every class alike', async () => {
    const options = { variant: 'spreading', alpha: 0.9, steps: 50, classBalanced: false, breathe } as const;
    const codes = Int32Array.of(0, -1, -1, 1, -1);
    const scores = await propagateLabels(kite(1), codes, ROWS, 2, options);
    expect([...scores.subarray(8)]).toEqual([0, 0]);
    expectClose(logShares(scores, 2).subarray(8), [Math.log(0.5), Math.log(0.5)], 1e-6);
  });

  it('takes a breath on large work and gives the same', async () => {
    let breaths = 0;
    const options = { variant: 'spreading', alpha: 0.8, classBalanced: false } as const;
    const counted = await propagateLabels(kite(), CODES, ROWS, 2, {
      ...options,
      steps: 200_000,
      breathe: () => {
        breaths++;
        return Promise.resolve();
      },
    });
    expect(breaths).toBeGreaterThan(0);
    const expected = [0.375552, 0.116636, 0.232695, 0.116636, 0.252525, 0.214274, 0.116636, 0.298969];
    expectClose(counted, expected, 2e-5);
  });
});

describe('Correct & Smooth on KITE', () => {
  const probabilities = Float32Array.of(0.7, 0.3, 0.6, 0.4, 0.5, 0.5, 0.6, 0.4);
  const train = bitsetOf(4, ROWS);
  const defaults: CorrectAndSmoothOptions = {
    correct: true,
    smooth: true,
    alpha1: 0.9,
    alpha2: 0.8,
    steps: 50,
    scaling: 'auto',
    scale: 1,
    breathe,
  };
  const run = (options: Partial<CorrectAndSmoothOptions>) =>
    correctAndSmooth(probabilities, CODES, train, kite(), { ...defaults, ...options });

  it('corrects with automatic scaling, without touching its input', async () => {
    const before = [...probabilities];
    const { scores } = await run({ smooth: false });
    expectClose(scores, [1.15, -0.15, 0.15, 0.85, 0.05, 0.95, 0.15, 0.85], 2e-5);
    expect([...probabilities]).toEqual(before);
  });

  it('smooths what was corrected', async () => {
    const { scores } = await run({});
    const expected = [0.423083, 0.554326, 0.301654, 0.675754, 0.313599, 0.869642, 0.144845, 0.60167];
    expectClose(scores, expected, 2e-5);
  });

  it('says when errors were blown up', async () => {
    // With a short reach the error at node 1 is small beside the mean training error.
    const amplified = await run({ alpha1: 0.05 });
    expect(amplified.largestFactor).toBeGreaterThan(20);
    expect(amplified.isAmplified).toBe(true);
    const fixed = await run({ scaling: 'fixed' });
    expect(fixed).toMatchObject({ largestFactor: 1, isAmplified: false });
  });

  it('with a fixed scale training rows end at their labels', async () => {
    const { scores } = await run({ scaling: 'fixed', smooth: false });
    expectClose([...scores.subarray(0, 2), ...scores.subarray(6)], [1, 0, 0, 1], 1e-6);
  });

  it('leaves probabilities alone when both stages are off, and rows without error when correcting', async () => {
    expect([...(await run({ correct: false, smooth: false })).scores]).toEqual([...probabilities]);
    const right = Float32Array.of(1, 0, 0.6, 0.4, 0.5, 0.5, 0, 1);
    const unchanged = await correctAndSmooth(right, CODES, train, kite(), { ...defaults, smooth: false });
    expect([...unchanged.scores]).toEqual([...right]);
    expect(unchanged.largestFactor).toBe(1);
  });
});
