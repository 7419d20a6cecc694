/**
 * Times one training epoch of a 3-layer GCN on a random graph of ogbn-arxiv's size (architecture §9) with the WASM backend
 * in Node, and prints one line of JSON, then with `--profile` one line per kernel. Run by `node scripts/benchNode.mjs
 * bigGcn [--hidden 64] [--threads 2] [--epochs 5] [--nodes 169343] [--edges 1166243] [--profile]`.
 */
import { parseArgs } from 'node:util';
import { nodeEngineHost } from '../../src/cli/engineHost.ts';
import { startBackend } from '../../src/engine/backend.ts';
import { BIG_GCN_DEFAULTS, timeBigGcn } from '../bigGcnTimes.ts';

const { values: options } = parseArgs({
  options: {
    hidden: { type: 'string', default: `${BIG_GCN_DEFAULTS.hidden}` },
    threads: { type: 'string', default: '2' },
    epochs: { type: 'string', default: `${BIG_GCN_DEFAULTS.epochs}` },
    nodes: { type: 'string', default: `${BIG_GCN_DEFAULTS.nodes}` },
    edges: { type: 'string', default: `${BIG_GCN_DEFAULTS.edges}` },
    profile: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const started = await startBackend('wasm', nodeEngineHost(), { threads: Number(options.threads) });
  const { kernels = {}, ...report } = await timeBigGcn(started, {
    hidden: Number(options.hidden),
    epochs: Number(options.epochs),
    nodes: Number(options.nodes),
    edges: Number(options.edges),
    profile: options.profile,
  });
  const peakRssMB = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ ...report, peakRssMB })}\n`);
  for (const [kernel, { calls, ms }] of Object.entries(kernels))
    process.stdout.write(`  ${kernel}: ${ms} ms in ${calls} calls\n`);
  started.dispose();
}

void main();
