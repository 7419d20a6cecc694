import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './runnerTesting.ts';

const folder = mkdtempSync(join(tmpdir(), 'graphwright-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const karate = resolve(process.cwd(), 'public/datasets/karate');

describe('the headless runner', () => {
  it('trains the karate club from its two leaders: all right in most seeds, never fewer than 29 of 34', async () => {
    const { code, out, report } = await run(karate, '--seeds', '0..9');
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    expect(report).toMatchObject({
      schemaVersion: 1,
      task: 'node-classification',
      model: 'gcn',
      backend: 'wasm',
      seed: 0,
      data: { nodes: 34, edges: 78, classes: 2, split: { train: 2, val: 0, test: 32 } },
    });
    const accuracies = report.runs.map((one) => one.metrics.test['accuracy'] ?? 0);
    expect(accuracies.filter((accuracy) => accuracy === 1).length).toBeGreaterThanOrEqual(6);
    // The two labelled nodes are right too, so 29 of 34 are 27 of the 32 others.
    expect(Math.min(...accuracies)).toBeGreaterThanOrEqual(27 / 32);
    const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / 10;
    expect(report.mean.test['accuracy']).toBeCloseTo(mean, 5);
  });

  it('writes what --out promises, the predictions agreeing with the metrics', async () => {
    const target = join(folder, 'out');
    const { code, report } = await run(karate, '--epochs', '50', '--out', target);
    expect(code).toBe(0);
    const [header, ...rows] = readFileSync(join(target, 'predictions.csv'), 'utf8').trim().split('\n');
    expect(header).toBe('id,label,prediction,confidence,split,correct,p_Mr. Hi,p_Officer');
    const tested = rows.map((row) => row.split(',')).filter((cells) => cells[4] === 'test');
    const right = tested.filter((cells) => cells[1] === cells[2]).length;
    expect(right / tested.length).toBeCloseTo(report.metrics.test['accuracy'] ?? Number.NaN, 5);
    for (const name of [
      'embeddings.csv',
      'metrics.json',
      'model.json',
      'model.safetensors',
      'checkpoint.safetensors',
      'run.json',
    ]) {
      expect(existsSync(join(target, name)), name).toBe(true);
    }
    expect(JSON.parse(readFileSync(join(target, 'run.json'), 'utf8'))).toEqual(report);
  });

  it('prints its help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out[0]).toContain('Usage: npm run train -- PATH');
  });

  it.each([
    [['--epochs'], "Option '--epochs' needs a value (N). See npm run train -- --help."],
    [['nowhere'], "'nowhere' does not exist. Check the path; it may be a file, a zip or a folder."],
    [
      [karate, '--epochs', '0'],
      'Epochs is 0; allowed is a whole number from 1 to 100000. Set Epochs to a whole number from 1 to 100000.',
    ],
    [[karate, '--model', 'gnc'], /^There is no model 'gnc'\. Did you mean 'gcn', /],
    [[karate, '--set', 'heads=8'], /^Unknown parameter 'heads'\. Did you mean /],
  ])('exits 2 with one sentence for %j', async (argv, sentence) => {
    const { code, out, err } = await run(...argv);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    if (typeof sentence === 'string') expect(err.at(-1)).toBe(sentence);
    else expect(err.at(-1)).toMatch(sentence);
  });

  it('trains without edges, without labels, and with one class says what to do', async () => {
    const lone = join(folder, 'nodes.csv');
    writeFileSync(
      lone,
      `id,label,x\n${Array.from({ length: 30 }, (_, row) => `${row},${row % 2 ? 'a' : 'b'},${(row % 2) + row / 100}`).join('\n')}\n`,
    );
    expect((await run(lone, '--epochs', '5')).code).toBe(0);
    const edges = join(folder, 'edges.csv');
    writeFileSync(edges, 'source,target\na,b\nb,c\nc,a\n');
    const communities = await run(edges, '--epochs', '2');
    expect(communities.report).toMatchObject({ task: 'community-detection', model: 'deepwalk' });
    writeFileSync(lone, `id,label\n${Array.from({ length: 30 }, (_, row) => `${row},a`).join('\n')}\n`);
    const single = await run(lone, '--task', 'node-classification');
    expect(single.code).toBe(2);
    expect(single.err.at(-1)).toBe(
      "Target 'label' has one class only ('a'); there is nothing to tell apart. Choose another target, label nodes of a second class, or use the task Find communities.",
    );
  });
});

const cora = resolve(process.cwd(), '../shared/datasets/cora/plain');
describe.skipIf(!existsSync(cora))('Cora (../shared/datasets/cora/plain)', () => {
  it.each(['wasm', 'cpu'])(
    'GCN reaches the published accuracy on %s',
    async (backend) => {
      // Plain JavaScript takes fifty times as long; one seed and half the epochs tell the same.
      const [seeds, epochs] = backend === 'wasm' ? ['0..4', '200'] : ['0', '100'];
      const { report } = await run(cora, '--seeds', seeds, '--epochs', epochs, '--backend', backend);
      expect(report.metrics.test['accuracy']).toBeGreaterThanOrEqual(0.8);
      expect(report.mean.test['accuracy']).toBeGreaterThanOrEqual(0.808);
    },
    120_000,
  );
});
