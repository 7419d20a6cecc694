/** From rows of a hidden layer to a picture, in Node with its peak memory. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { reportRow } from './benchRow.ts';
import { timeText } from './benchTable.ts';

const ROOT = resolve(import.meta.dirname, '..');
const BUNDLE = resolve(ROOT, 'build/bench/projection.cjs');
const ROWS = 10_000;
const WIDTH = 64;

interface NodeProjection {
  readonly medianMs: number;
  /** Of it, until the first iteration. */
  readonly searchMs: number;
  readonly trust: number;
  readonly rssBefore: number;
  readonly peakRssBytes: number;
}

const METHODS = [
  { id: 'umap', name: 'UMAP', readings: 3, target: '≤ 8 s' },
  { id: 't-sne', name: 't-SNE', readings: 1, target: null },
] as const;

for (const { id, name, readings, target } of METHODS) {
  test(`projection, ${name}`, async () => {
    const options = ['--method', id, '--rows', String(ROWS), '--width', String(WIDTH)];
    const measured = inNodeProcess([...options, '--readings', String(readings)]);
    expect(measured.trust).toBeGreaterThan(0.5);
    await reportRow({
      work: `${name} of a hidden layer`,
      where: 'Node',
      size: `${ROWS.toLocaleString('en-GB')} × ${WIDTH}`,
      ms: measured.medianMs,
      target,
      peakBytes: measured.peakRssBytes - measured.rssBefore,
      peakOf: 'RSS',
      note: `${timeText(measured.searchMs)} of it to find neighbours; trustworthiness ${measured.trust.toFixed(3)}`,
    });
  });
}

function inNodeProcess(options: readonly string[]): NodeProjection {
  const output = execFileSync(process.execPath, [BUNDLE, ...options], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as NodeProjection;
}
