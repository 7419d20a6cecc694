import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/gatv2Conv.json';
import type { AttentionOptions } from './attention.ts';
import { createGatv2Conv } from './gatv2Conv.ts';
import { expectGolden, type GoldenLayer, INFERENCE, rowsOf, transposed, type Values } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';

const OPTIONS: AttentionOptions = {
  heads: 1,
  headChannels: 2,
  averagesHeads: false,
  attentionDropout: 0,
  negativeSlope: 0.2,
};

describe.each<BackendName>(['cpu', 'wasm'])('gatv2Conv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it('equals PyG 2.5.3', async () => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name: 'gatv2',
      create: (context, input) =>
        createGatv2Conv(context, 'conv', input, { ...OPTIONS, heads: 2, headChannels: 4 }).forward,
      rename: (theirs) => ({
        'conv.sender.weight': transposed(theirs('lin_l.weight')),
        'conv.sender.bias': theirs('lin_l.bias'),
        'conv.receiver.weight': transposed(theirs('lin_r.weight')),
        'conv.receiver.bias': theirs('lin_r.bias'),
        'conv.attention': rowsOf(theirs('att'), 0, 1),
        'conv.bias': theirs('bias'),
      }),
    });
  });

  it('gives the worked values of KITE and lets its weights be read', async () => {
    const attended: Values[] = [];
    const rows = await onKite(
      KITE.messages(),
      (context) => createGatv2Conv(context, 'conv', 2, OPTIONS).forward,
      {
        'conv.receiver.weight': KITE.weight,
        'conv.receiver.bias': [0, 0],
        'conv.sender.weight': KITE.neighbourWeight,
        'conv.sender.bias': [0, 0],
        'conv.attention': [[0.6, -0.4]],
        'conv.bias': [0, 0],
      },
      { ...INFERENCE, onAttention: (weights: Tensor2D) => attended.push(weights.arraySync()) },
    );
    expectRows(rows.slice(2, 3), [[0.209376, 0.137268]]);
    // Neighbours 0, 1, 3 of node 2, then itself.
    const [weights] = attended as number[][][];
    expectRows([(weights as number[][]).slice(6, 10).flat()], [[0.232345, 0.295368, 0.182769, 0.289519]]);
  });
});
