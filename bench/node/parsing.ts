/**
 * Reads one file in a Node process of its own, once, so that its peak memory is that of one reading; prints one line of
 * JSON. Run by `npm run bench`, or by hand: `node scripts/benchNode.mjs parsing FILE [--readings N] [--papaparse]`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { sourcesAt } from '../../src/cli/nodeFiles.ts';
import { peakRssBytes } from '../../src/cli/peakMemory.ts';
import type { FileSource } from '../../src/io/fileSource.ts';
import { median } from '../median.ts';
import { timeParsing } from '../parsingTimes.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { readings: { type: 'string', default: '1' }, papaparse: { type: 'boolean', default: false } },
});
const path = positionals[0] ?? '';
const readings = Number(options.readings);

/** Rows of cells as strings and no more: ids, types and checks would come on top. */
function timePapaparse(): number {
  const eachMs = Array.from({ length: readings }, () => {
    const start = performance.now();
    Papa.parse(readFileSync(path, 'utf8'), { skipEmptyLines: true });
    return performance.now() - start;
  });
  return median(eachMs);
}

async function main(): Promise<void> {
  const rssBefore = process.memoryUsage().rss;
  const report = options.papaparse
    ? { medianMs: timePapaparse() }
    : await timeParsing((await sourcesAt(path))[0] as FileSource, readings);
  process.stdout.write(`${JSON.stringify({ ...report, rssBefore, peakRssBytes: peakRssBytes() })}\n`);
}

void main();
