/** The measurement of the large GCN row, the same in Node and in a browser worker: epochs, their times, kernel shares. */
import type { StartedBackend } from '../src/engine/backend.ts';
import { createBigGcn } from './bigGcnNetwork.ts';
import { profileKernels } from './kernelProfile.ts';
import { ARXIV_SIZE, type SyntheticSize } from './syntheticGraph.ts';

export interface BigGcnOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly nodes: number;
  readonly edges: number;
  readonly profile: boolean;
}

export const BIG_GCN_DEFAULTS: BigGcnOptions = {
  hidden: 64,
  epochs: 5,
  nodes: ARXIV_SIZE.nodes,
  edges: ARXIV_SIZE.edges,
  profile: false,
};

export interface BigGcnReport {
  readonly work: string;
  readonly size: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly threads: number;
  readonly loss: number;
  /** Milliseconds and calls per epoch by kernel, largest first; present when asked for. */
  readonly kernels?: Readonly<Record<string, { readonly ms: number; readonly calls: number }>>;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Trains on the started backend; the first epoch grows the heap and is not counted. */
export async function timeBigGcn(started: StartedBackend, options: BigGcnOptions): Promise<BigGcnReport> {
  const size: SyntheticSize = { ...ARXIV_SIZE, nodes: options.nodes, edges: options.edges };
  const { hidden } = options;
  const network = createBigGcn(size, hidden);
  const profile = options.profile ? profileKernels('wasm') : null;
  const epochMs: number[] = [];
  let loss = Number.NaN;
  for (let epoch = 0; epoch <= options.epochs; epoch++) {
    if (epoch === 1) profile?.reset();
    const startedMs = performance.now();
    const lossTensor = network.epoch();
    loss = (await lossTensor.data())[0] as number;
    lossTensor.dispose();
    if (epoch > 0) epochMs.push(performance.now() - startedMs);
  }
  network.dispose();
  const sorted = epochMs.toSorted((a, b) => a - b);
  const report = {
    work: 'GCN epoch, 3 layers',
    size: `${size.nodes} nodes, ${2 * size.edges + size.nodes} entries, ${size.features}→${hidden}→${hidden}→${size.classes}`,
    medianMs: round(sorted[sorted.length >> 1] as number),
    minMs: round(sorted[0] as number),
    threads: started.threads,
    loss,
  };
  if (profile === null) return report;
  const kernels = Object.fromEntries(
    Object.entries(profile.times()).map(([kernel, { ms, calls }]) => [
      kernel,
      { ms: round(ms / options.epochs), calls: calls / options.epochs },
    ]),
  );
  return { ...report, kernels };
}
