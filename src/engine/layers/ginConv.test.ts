import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/ginConv.json';
import { createGinConv } from './ginConv.ts';
import { expectGolden, type GoldenLayer, INFERENCE, transposed } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';

const IDENTITY = [
  [1, 0],
  [0, 1],
];
/** relu keeps x and −x apart, so that the perceptron can be the identity. */
const BOTH_SIGNS = [
  [1, 0, -1, 0],
  [0, 1, 0, -1],
];
const JOINED = [...IDENTITY, [-1, 0], [0, -1]];

describe.each<BackendName>(['cpu', 'wasm'])('ginConv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it('equals PyG 2.5.3', async () => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name: 'gin',
      create: (context, input) =>
        createGinConv(context, 'conv', input, 4, { hiddenChannels: 6, normalisation: 'none' }).forward,
      rename: (theirs) => ({
        'conv.epsilon': theirs('eps'),
        'conv.first.weight': transposed(theirs('nn.0.weight')),
        'conv.first.bias': theirs('nn.0.bias'),
        'conv.second.weight': transposed(theirs('nn.2.weight')),
        'conv.second.bias': theirs('nn.2.bias'),
      }),
    });
  });

  const parameters = {
    'conv.epsilon': [0.1],
    'conv.first.weight': BOTH_SIGNS,
    'conv.first.bias': [0, 0, 0, 0],
    'conv.norm.weight': [1, 1, 1, 1],
    'conv.norm.bias': [0, 0, 0, 0],
    'conv.second.weight': JOINED,
    'conv.second.bias': [0, 0],
  };

  it('gives the worked sums of KITE', async () => {
    const rows = await onKite(
      KITE.messages(),
      (context) => createGinConv(context, 'conv', 2, 2, { hiddenChannels: 4, normalisation: 'none' }).forward,
      parameters,
    );
    expectRows(rows, [
      [2.1, 2],
      [2, 2.1],
      [4.1, 1.1],
      [3.2, -0.1],
    ]);
  });

  it('normalises inside the perceptron over the nodes of a training step', async () => {
    const rows = await onKite(
      KITE.messages(),
      (context) =>
        createGinConv(context, 'conv', 2, 2, { hiddenChannels: 4, normalisation: 'batch' }).forward,
      parameters,
      { ...INFERENCE, isTraining: true, step: 1 },
    );
    // Columns of the sums above, centred and divided by √(σ² + 1e-5).
    const columns = [
      [2.1, 2, 4.1, 3.2],
      [2, 2.1, 1.1, -0.1],
    ].map((column) => {
      const mean = column.reduce((total, value) => total + value, 0) / 4;
      const variance = column.reduce((total, value) => total + (value - mean) ** 2, 0) / 4;
      return column.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
    });
    expectRows(
      rows,
      [0, 1, 2, 3].map((node) => columns.map((column) => column[node] as number)),
    );
  });
});
