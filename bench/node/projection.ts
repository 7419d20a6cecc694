/**
 * Projects rows of drawn clusters in a Node process of its own; prints one line of JSON. Run by `npm run bench`, or by hand:
 * `node scripts/benchNode.mjs projection [--method umap] [--rows 10000] [--width 64] [--readings 3]`.
 */
import { parseArgs } from 'node:util';
import { peakRssBytes } from '../../src/cli/peakMemory.ts';
import { drawKey, drawNormal } from '../../src/core/random.ts';
import { PROJECTIONS } from '../../src/projection/index.ts';
import type { ProjectionRows } from '../../src/projection/projectionTypes.ts';
import { trustworthiness } from '../../src/projection/trustworthiness.ts';
import { median } from '../median.ts';

const { values: options } = parseArgs({
  options: {
    method: { type: 'string', default: 'umap' },
    rows: { type: 'string', default: '10000' },
    width: { type: 'string', default: '64' },
    readings: { type: 'string', default: '1' },
  },
});

const CLUSTERS = 20;

/** Overlapping clusters: as a hidden layer, neither noise nor islands. */
function clusters(n: number, width: number): ProjectionRows {
  const [centres, noise] = [drawKey(1, 0, 0), drawKey(2, 0, 0)];
  const values = Float32Array.from({ length: n * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return 1.5 * drawNormal(centres, (row % CLUSTERS) * width + column) + drawNormal(noise, at);
  });
  return { values, n, width };
}

async function main(): Promise<void> {
  const rows = clusters(Number(options.rows), Number(options.width));
  const rssBefore = process.memoryUsage().rss;
  const [eachMs, searchMs]: [number[], number[]] = [[], []];
  let trust = Number.NaN;
  for (let reading = 0; reading < Number(options.readings); reading++) {
    const start = performance.now();
    const projection = await PROJECTIONS.get(options.method).prepare(rows, {}, () => Promise.resolve());
    searchMs.push(performance.now() - start);
    while (projection.iteration < projection.numIterations) projection.step();
    eachMs.push(performance.now() - start);
    trust = trustworthiness(rows, projection.coordinates);
  }
  const report = { medianMs: median(eachMs), searchMs: median(searchMs), eachMs, trust };
  process.stdout.write(`${JSON.stringify({ ...report, rssBefore, peakRssBytes: peakRssBytes() })}\n`);
}

void main();
