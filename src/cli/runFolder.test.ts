/** What a run leaves behind and what can be done with it: resume, apply, search, presets. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './runnerTesting.ts';

const folder = mkdtempSync(join(tmpdir(), 'graphwright-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const karate = resolve(process.cwd(), 'public/datasets/karate');
const citations = resolve(process.cwd(), 'public/datasets/citation-sbm');
const inFolder = (name: string): string => join(folder, name);

describe('--resume', () => {
  it.each(['cpu', 'wasm'])('goes on as if it had never stopped, on %s', async (backend) => {
    const options = [
      '--backend',
      backend,
      '--split',
      'random:40/30/30',
      '--set',
      'patience=0',
      '--set',
      'schedule=plateau',
    ];
    const [part, whole, resumed] = ['part', 'whole', 'resumed'].map((name) =>
      inFolder(`${name}-${backend}`),
    ) as [string, string, string];
    await run(karate, ...options, '--epochs', '12', '--out', part);
    await run(karate, ...options, '--epochs', '30', '--out', whole);
    const { code, report } = await run(
      karate,
      '--backend',
      backend,
      '--resume',
      part,
      '--epochs',
      '30',
      '--out',
      resumed,
    );
    expect(code).toBe(0);
    expect(report['epochs']).toBe(30);
    for (const name of ['checkpoint.safetensors', 'predictions.csv'])
      expect(readFileSync(join(resumed, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
  });

  it('refuses other data, and a folder without a run', async () => {
    const out = inFolder('resumable');
    await run(karate, '--epochs', '3', '--out', out);
    const other = await run(citations, '--resume', out);
    expect([other.code, other.err.at(-1)]).toEqual([2, expect.stringContaining('was trained on other data')]);
    const none = await run(karate, '--resume', folder);
    expect([none.code, none.err.at(-1)]).toEqual([
      2,
      expect.stringContaining('has no checkpoint.safetensors.'),
    ]);
  });
});

describe('--apply', () => {
  it('predicts a second graph with saved weights, and judges where answers are known', async () => {
    const out = inFolder('trained');
    const options = ['--epochs', '60', '--model', 'gcn', '--split', 'all'];
    const trained = await run(citations, ...options, '--out', out);
    expect(trained.report.metrics.test).toEqual({});
    const second = inFolder('second');
    cpSync(citations, second, { recursive: true });
    const applied = await run(second, '--apply', out, '--out', inFolder('applied'));
    expect(applied.code).toBe(0);
    expect(applied.report.metrics.test['accuracy']).toBe(trained.report.metrics.train['accuracy']);
    const rows = readFileSync(join(inFolder('applied'), 'predictions.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(rows.length - 1).toBe((applied.report['data'] as { nodes: number }).nodes);
  });

  it('refuses what cannot be carried over and what is damaged', async () => {
    const out = inFolder('identity');
    await run(karate, '--epochs', '3', '--out', out);
    const identity = await run(karate, '--apply', out);
    expect([identity.code, identity.err.at(-1)]).toEqual([2, expect.stringContaining('one by one')]);
    const damaged = inFolder('damaged');
    cpSync(out, damaged, { recursive: true });
    writeFileSync(
      join(damaged, 'model.safetensors'),
      readFileSync(join(out, 'model.safetensors')).subarray(0, 100),
    );
    expect((await run(karate, '--apply', damaged)).code).toBe(2);
    writeFileSync(join(damaged, 'model.json'), '{');
    const json = await run(karate, '--apply', damaged);
    expect([json.code, json.err.at(-1)]).toEqual([2, expect.stringContaining('model.json in ')]);
  });
});

describe('--search, --preset', () => {
  it('searches on validation nodes, then runs the best', async () => {
    const { code, report, err } = await run(
      karate,
      '--split',
      'random:40/30/30',
      '--epochs',
      '20',
      '--search',
      '1',
    );
    expect(code).toBe(0);
    const search = report['search'] as {
      trials: number;
      startScore: number;
      bestScore: number;
      parameters: unknown;
    };
    expect(search.trials).toBeGreaterThan(1);
    expect(search.bestScore).toBeGreaterThanOrEqual(search.startScore);
    expect((report['config'] as { parameters: unknown }).parameters).toEqual(search.parameters);
    expect(err.some((line) => line.startsWith('  trial 0:'))).toBe(true);
  });

  it('takes a published recipe, which other options override, and names the nearest', async () => {
    const preset = await run(karate, '--model', 'gat', '--preset', 'planetoid', '--epochs', '2');
    expect((preset.report['config'] as { parameters: Record<string, unknown> }).parameters).toMatchObject({
      heads: 8,
      epochs: 2,
    });
    const wrong = await run(karate, '--model', 'gat', '--preset', 'planetiod');
    expect([wrong.code, wrong.err.at(-1)]).toEqual([2, expect.stringContaining("Did you mean 'planetoid'")]);
    const option = await run(karate, '--epoch', '2');
    expect(option.err.at(-1)).toContain('Did you mean --epochs');
  });
});

describe('attention.csv', () => {
  it('says for each node how it listened: weights of one receiver sum to 1', async () => {
    const out = inFolder('attention');
    await run(karate, '--model', 'gat', '--epochs', '3', '--out', out);
    const [header, ...rows] = readFileSync(join(out, 'attention.csv'), 'utf8').trim().split('\n');
    expect(header).toBe('sender,receiver,head1');
    // 78 friendships both ways, and each of the 34 to itself.
    expect(rows.length).toBe(2 * 78 + 34);
    const sums = new Map<string, number>();
    for (const row of rows) {
      const [, receiver = '', weight] = row.split(',');
      sums.set(receiver, (sums.get(receiver) ?? 0) + Number(weight));
    }
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 4);
  });
});

describe('--split', () => {
  it('makes every labelled node a test node once over the folds', async () => {
    const sizes: number[] = [];
    for (let fold = 0; fold < 4; fold++) {
      const { report } = await run(karate, '--split', `fold:${fold}/4`, '--epochs', '2');
      sizes.push((report['data'] as { split: { test: number } }).split.test);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(34);
  });
});
