/** Runs one work of works.ts in a Node process of its own (node/training.ts, which scripts/bench.mjs has bundled). */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { citations, OPTIONS, THREADS } from './benchOptions.ts';
import type { TrainingProfile } from './trainingProfile.ts';
import type { TrainingTimes } from './trainingTimes.ts';
import type { TrainingWork } from './works.ts';

const ROOT = resolve(import.meta.dirname, '..');
const BUNDLE = resolve(ROOT, 'build/bench/training.cjs');

export const shortened = (work: TrainingWork): TrainingWork => ({
  ...work,
  epochs: Math.min(work.epochs, OPTIONS.epochs ?? Infinity),
});

export function trainInNode(work: TrainingWork): TrainingTimes & { readonly peakRssBytes: number } {
  return inNode(work, []) as TrainingTimes & { readonly peakRssBytes: number };
}

export function profileInNode(work: TrainingWork): TrainingProfile {
  return inNode(work, ['--profile']) as TrainingProfile;
}

function inNode(work: TrainingWork, extra: readonly string[]): unknown {
  const { name, epochs } = shortened(work);
  const args = [
    BUNDLE,
    name,
    '--epochs',
    `${epochs}`,
    '--threads',
    `${THREADS}`,
    '--folder',
    citations.folder,
  ];
  const output = execFileSync(process.execPath, [...args, ...extra], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
