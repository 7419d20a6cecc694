import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/gatConv.json';
import type { AttentionOptions } from './attention.ts';
import { createGatConv } from './gatConv.ts';
import { expectGolden, type GoldenLayer, INFERENCE, rowsOf, transposed, type Values } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';

const OPTIONS: AttentionOptions = {
  heads: 1,
  headChannels: 2,
  averagesHeads: false,
  attentionDropout: 0,
  negativeSlope: 0.2,
};

const KITE_PARAMETERS = {
  'conv.weight': KITE.weight,
  'conv.sender': [[0.6, -0.4]],
  'conv.receiver': [[-0.2, 0.7]],
  'conv.bias': [0, 0],
};

describe.each<BackendName>(['cpu', 'wasm'])('gatConv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each([
    ['gat', false],
    ['gat-mean-heads', true],
  ] as const)('equals PyG 2.5.3: %s', async (name, averagesHeads) => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name,
      create: (context, input) =>
        createGatConv(context, 'conv', input, { ...OPTIONS, heads: 3, headChannels: 4, averagesHeads })
          .forward,
      rename: (theirs) => ({
        'conv.weight': transposed(theirs('lin.weight')),
        'conv.sender': rowsOf(theirs('att_src'), 0, 1),
        'conv.receiver': rowsOf(theirs('att_dst'), 0, 1),
        'conv.bias': theirs('bias'),
      }),
    });
  });

  it('gives the worked values of KITE and lets its weights be read', async () => {
    const attended: Values[] = [];
    const rows = await onKite(
      KITE.messages(),
      (context) => createGatConv(context, 'conv', 2, OPTIONS).forward,
      KITE_PARAMETERS,
      { ...INFERENCE, onAttention: (weights: Tensor2D) => attended.push(weights.arraySync()) },
    );
    expectRows(rows.slice(2, 3), [[0.608774, -0.357151]]);
    // Entries by receiver, its neighbours before itself: rows of 3, 3, 4 and 2.
    const [weights] = attended as number[][][];
    expect(weights).toHaveLength(12);
    expectRows(
      [2, 3].map((row) =>
        (weights as number[][]).slice([0, 3, 6, 10, 12][row], [0, 3, 6, 10, 12][row + 1]).flat(),
      ),
      [
        // Neighbours 0, 1, 3, then node 2 itself.
        [0.236171, 0.162806, 0.374113, 0.226911],
        [0.471032, 0.528968],
      ],
    );
  });

  it('drops attention in training only, differently from step to step', async () => {
    const run = (isTraining: boolean, step: number) =>
      onKite(
        KITE.messages(),
        (context) => createGatConv(context, 'conv', 2, { ...OPTIONS, attentionDropout: 0.5 }).forward,
        KITE_PARAMETERS,
        { ...INFERENCE, isTraining, step },
      );
    expectRows((await run(false, 1)).slice(2, 3), [[0.608774, -0.357151]]);
    const first = await run(true, 1);
    expect(await run(true, 1)).toEqual(first);
    expect(await run(true, 2)).not.toEqual(first);
    expect(first).not.toEqual(await run(false, 1));
  });
});
