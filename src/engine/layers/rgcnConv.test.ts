import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/rgcnConv.json';
import { expectGolden, type GoldenLayer, type Values } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';
import { createRgcnConv } from './rgcnConv.ts';
import { createSageConv } from './sageConv.ts';

const IDENTITY = [
  [1, 0],
  [0, 1],
];

const ofRelations = (part: string, weights: Values): Record<string, Values> =>
  Object.fromEntries(
    (weights as readonly Values[]).map((weight, index) => [`conv.${part}${index + 1}.weight`, weight]),
  );

describe.each<BackendName>(['cpu', 'wasm'])('rgcnConv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each([
    ['rgcn', 3, 'relation'],
    ['rgcn-bases', 2, 'basis'],
  ] as const)('equals PyG 2.5.3: %s', async (name, bases, part) => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name,
      create: (context, input) =>
        createRgcnConv(context, 'conv', input, 4, { numRelations: 3, bases }).forward,
      rename: (theirs) => ({
        ...ofRelations(part, theirs('weight')),
        'conv.self.weight': theirs('root'),
        'conv.bias': theirs('bias'),
        ...(part === 'basis' ? { 'conv.coefficients': theirs('comp') } : {}),
      }),
    });
  });

  const kite = [
    [0.1, 0.2],
    [1.6, 0.35],
    [0.4, -0.5],
    [-0.1, 0.5],
  ];

  it('gives the worked values of KITE, which are those of independent matrices Σ_b a_rb·V_b', async () => {
    const shared = { 'conv.self.weight': KITE.neighbourWeight, 'conv.bias': [0, 0] };
    const independent = await onKite(
      KITE.typedMessages(),
      (context) => createRgcnConv(context, 'conv', 2, 2, { numRelations: 2, bases: 2 }).forward,
      {
        ...shared,
        'conv.relation1.weight': [
          [1.25, -0.15],
          [0.1, 1.2],
        ],
        'conv.relation2.weight': [
          [0, -0.6],
          [0.4, -0.2],
        ],
      },
    );
    expectRows(independent, kite);
  });

  it('mixes bases: the two relations of KITE as two of three', async () => {
    // A third relation without arcs makes two bases fewer than relations.
    const rows = await onKite(
      { ...KITE.typedMessages(), numRelations: 3, relationNames: ['r0', 'r1', 'r2'] },
      (context) => createRgcnConv(context, 'conv', 2, 2, { numRelations: 3, bases: 2 }).forward,
      {
        'conv.self.weight': KITE.neighbourWeight,
        'conv.bias': [0, 0],
        'conv.basis1.weight': IDENTITY,
        'conv.basis2.weight': KITE.weight,
        'conv.coefficients': [
          [1, 0.5],
          [-1, 2],
          [3, 3],
        ],
      },
    );
    expectRows(rows, kite);
  });

  it('with one relation is GraphSAGE with the mean', async () => {
    const shared = { 'conv.self.weight': KITE.weight, 'conv.bias': [0.1, -0.1] };
    const relational = await onKite(
      KITE.typedMessages(),
      (context) => createRgcnConv(context, 'conv', 2, 2, { numRelations: 1, bases: 1 }).forward,
      { ...shared, 'conv.relation1.weight': KITE.neighbourWeight },
    );
    const mean = await onKite(
      KITE.typedMessages(),
      (context) => createSageConv(context, 'conv', 2, 2, { aggregation: 'mean' }).forward,
      { ...shared, 'conv.neighbours.weight': KITE.neighbourWeight },
    );
    expect(relational).toEqual(mean);
  });
});
