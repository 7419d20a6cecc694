/** What `npm run bench` was asked for, as its processes pass it on, and the graph that the Cora rows are measured on. */
import { resolve } from 'node:path';
import { CORA_PLAIN, hasCora } from '../e2e/journey.ts';

export interface BenchOptions {
  /** At most this many epochs a row, to try the benches out; null = as many as each work says. */
  readonly epochs: number | null;
  /** Checkout of PyTorch Geometric to measure beside, or null for the recorded baselines. */
  readonly pyg: string | null;
  readonly python: string;
  readonly profile: boolean;
}

export const OPTIONS: BenchOptions = {
  epochs: process.env.BENCH_EPOCHS === undefined ? null : Number(process.env.BENCH_EPOCHS),
  pyg: process.env.BENCH_PYG ?? null,
  python: process.env.PYTHON ?? '/usr/bin/python3',
  profile: process.env.BENCH_PROFILE === '1',
};

/** What the recorded baselines and the targets are about: 2 cores. */
export const THREADS = 2;

export const citations = {
  isCora: hasCora,
  name: hasCora ? 'Cora' : 'citation-sbm',
  folder: hasCora ? CORA_PLAIN : resolve(import.meta.dirname, '../public/datasets/citation-sbm'),
};
