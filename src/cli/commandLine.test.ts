import { describe, expect, it } from 'vitest';
import { helpText, parseCommandLine } from './commandLine.ts';

describe('parseCommandLine', () => {
  it('reads every form of option', () => {
    const command = parseCommandLine(
      'data --task node-classification --lr=0.1 --epochs 5 --set window=3 --seeds 0..2 --features a,b --backend cpu --threads 1'.split(
        ' ',
      ),
    );
    expect(command).toMatchObject({
      path: 'data',
      task: 'node-classification',
      parameters: { learningRate: '0.1', epochs: '5', window: '3' },
      seeds: [0, 1, 2],
      isSeedList: true,
      features: ['a', 'b'],
      backend: 'cpu',
      threads: 1,
      policies: { direction: 'auto', missingNodes: 'add', duplicateEdges: 'keep', selfLoops: 'keep' },
    });
    expect(
      parseCommandLine(['data', '--duplicate-edges', 'sum-weights', '--self-loops', 'drop']).policies,
    ).toMatchObject({ duplicateEdges: 'sum-weights', selfLoops: 'drop' });
    expect(parseCommandLine(['data'])).toMatchObject({
      seeds: [0],
      isSeedList: false,
      features: null,
      backend: 'wasm',
    });
    expect(parseCommandLine(['data', '--features', 'none']).features).toEqual([]);
    expect(parseCommandLine(['data', '--seeds', '3,1']).seeds).toEqual([3, 1]);
  });

  it.each([
    [[], 'No path was given.'],
    [['a', 'b'], "Two paths were given: 'a' and 'b'."],
    [['a', '--frobnicate'], "Unknown option '--frobnicate'."],
    [['a', '--epochs'], "Option '--epochs' needs a value (N)."],
    [['a', '--epochs', '--seed'], "Option '--epochs' needs a value (N)."],
    [['a', '--seed', '1.5'], "'--seed 1.5' is not a whole number from 0 to 2147483647."],
    [['a', '--seeds', '5..1'], "'--seeds 5..1' is not a range of 1 to 1000 seeds."],
    [['a', '--self-loops', 'maybe'], "'--self-loops maybe' is not known."],
    [['a', '--backend', 'cuda'], "'--backend cuda' is not known."],
    [['a', '--set', 'window'], "'--set window' is not of the form key=value."],
  ])('refuses %j', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('lists every option in the help', () => {
    for (const name of ['task', 'target', 'model', 'seeds', 'backend', 'out', 'split', 'set']) {
      expect(helpText(['a'], ['b', 'c'])).toContain(`--${name} `);
    }
    expect(helpText(['a'], ['b', 'c'])).toContain('TASKS: a\nMODELS: b, c');
  });
});
