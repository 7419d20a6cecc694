/** From a CSV file to a Graph: in Node with its peak memory, in a browser worker, beside papaparse and Python's csv. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { OPTIONS } from './benchOptions.ts';
import { type Baseline, reportRow } from './benchRow.ts';
import { bytesText, timeText } from './benchTable.ts';
import { test } from './inBrowser.ts';
import { edgeFilePieces } from './edgeFile.ts';
import type { ParsingTimes } from './parsingTimes.ts';

const ROOT = resolve(import.meta.dirname, '..');
const BUNDLE = resolve(ROOT, 'build/bench/parsing.cjs');
const FOLDER = resolve(ROOT, 'build/bench/files');

interface NodeParsing extends ParsingTimes {
  readonly rssBefore: number;
  readonly peakRssBytes: number;
}

const SIZES = [
  { edges: 1_000_000, nodes: 200_000, readings: 5, target: '≤ 0.8 s' },
  { edges: 5_000_000, nodes: 1_000_000, readings: 2, target: null },
] as const;

for (const { edges, nodes, readings, target } of SIZES) {
  test(`parsing, ${edges.toLocaleString('en-GB')} edges`, async ({ parseInBrowser }) => {
    const path = await edgeFile(edges, nodes);
    const inNode = inNodeProcess(path, ['--readings', String(readings)]) as NodeParsing;
    expect(inNode.edges).toBe(edges);
    // One reading in a process of its own: garbage of earlier ones would count as memory of the reader.
    const once = inNodeProcess(path, []) as NodeParsing;
    const baselines = edges > 1_000_000 ? [] : baselinesOf(path, readings);
    const inBrowser = await parseInBrowser(path, readings);
    const row = {
      work: 'CSV to Graph',
      size: `${inNode.edges.toLocaleString('en-GB')} edges, ${bytesText(inNode.bytes)}`,
      target,
      baselines,
    };
    await reportRow({
      ...row,
      where: 'Node',
      ms: inNode.medianMs,
      peakBytes: once.peakRssBytes - once.rssBefore,
      peakOf: 'RSS',
      note: `first reading ${timeText(inNode.eachMs[0] as number)}; the peak is above the process at rest`,
    });
    await reportRow({
      ...row,
      where: 'browser worker',
      ms: inBrowser.medianMs,
      note: `first reading ${timeText(inBrowser.eachMs[0] as number)}`,
      browser: inBrowser.browser,
    });
  });
}

async function edgeFile(edges: number, nodes: number): Promise<string> {
  const path = resolve(FOLDER, `edges-${edges}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(FOLDER, { recursive: true });
  const file = createWriteStream(path);
  for (const piece of edgeFilePieces(edges, nodes)) if (!file.write(piece)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  return path;
}

function inNodeProcess(path: string, extra: readonly string[]): unknown {
  const output = execFileSync(process.execPath, [BUNDLE, path, ...extra], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

function baselinesOf(path: string, readings: number): Baseline[] {
  const { medianMs } = inNodeProcess(path, ['--papaparse', '--readings', String(readings)]) as ParsingTimes;
  const papaparse = { name: 'papaparse alone', ms: medianMs, isMeasured: true };
  try {
    const script = resolve(import.meta.dirname, 'readEdges.py');
    const output = execFileSync(OPTIONS.python, [script, path, String(readings)], { encoding: 'utf8' });
    return [papaparse, { name: 'Python csv', ms: Number(output), isMeasured: true }];
  } catch {
    return [papaparse, { name: 'Python csv', ms: 760, isMeasured: false }];
  }
}
