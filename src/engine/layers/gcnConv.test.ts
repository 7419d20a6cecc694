import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/gcnConv.json';
import { createGcnConv } from './gcnConv.ts';
import { expectGolden, type GoldenLayer, transposed } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';

describe.each<BackendName>(['cpu', 'wasm'])('gcnConv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each(['gcn', 'gcn-weighted'])('equals PyG 2.5.3: %s', async (name) => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name,
      isWeighted: name === 'gcn-weighted',
      create: (context, input) => createGcnConv(context, 'conv', input, 4).forward,
      rename: (theirs) => ({
        'conv.weight': transposed(theirs('lin.weight')),
        'conv.bias': theirs('bias'),
      }),
    });
  });

  it('gives the worked values of KITE', async () => {
    const rows = await onKite(KITE.messages(), (context) => createGcnConv(context, 'conv', 2, 2).forward, {
      'conv.weight': KITE.weight,
      'conv.bias': [0, 0],
    });
    expectRows(rows, [
      [0.435406, 0.062201],
      [0.435406, 0.062201],
      [0.659915, -0.299686],
      [0.647487, -0.464645],
    ]);
  });
});
