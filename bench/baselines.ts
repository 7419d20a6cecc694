/**
 * What the rows are held against: the targets of architecture section 9, and PyTorch Geometric and plain PyTorch on the
 * same work, recorded in ../shared/bench or, with a checkout of PyG at hand, measured beside ours by the scripts there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { citations, OPTIONS } from './benchOptions.ts';
import type { Baseline } from './benchRow.ts';
import { median } from './median.ts';

const SCRIPTS = resolve(import.meta.dirname, '../../shared/bench');

const TARGETS: Readonly<Record<string, string>> = {
  'cora-gcn': '≤ 1.5 ms',
  'cora-gat': '≤ 8 ms',
  'big-gcn-64': '≤ 1.2 s, aim 0.9',
  'big-gcn-256': '≤ 5 s, aim 4',
};

interface BaselineSource {
  readonly name: string;
  readonly script: 'node_gcn.py' | 'big_gcn.py';
  readonly args: readonly string[];
  /** Null where none was recorded. */
  readonly recordedMs: number | null;
}

const ofCora = (kind: string, recordedMs: number | null): readonly BaselineSource[] => [
  { name: 'PyG', script: 'node_gcn.py', args: [citations.folder, kind], recordedMs },
];

const ofBigGcn = (hidden: number, pygMs: number, csrMs: number): readonly BaselineSource[] => [
  { name: 'PyG', script: 'big_gcn.py', args: [`${hidden}`, 'pyg'], recordedMs: pygMs },
  { name: 'PyTorch CSR', script: 'big_gcn.py', args: [`${hidden}`, 'csr'], recordedMs: csrMs },
];

const SOURCES: Readonly<Record<string, readonly BaselineSource[]>> = {
  'cora-gcn': ofCora('gcn', 70),
  'cora-gat': ofCora('gat', 98),
  'cora-sage': ofCora('sage', null),
  'big-gcn-64': ofBigGcn(64, 7300, 1900),
  'big-gcn-256': ofBigGcn(256, 23_000, 7100),
};

/** Of the named work, as the table says it; only Cora has targets among the citation graphs. */
export function targetOf(work: string): string | null {
  return work.startsWith('cora-') && !citations.isCora ? null : (TARGETS[work] ?? null);
}

/** Measures, when a checkout of PyG was given, at the first call for a work; a script that fails leaves the recorded figure and says so. */
export function baselinesOf(work: string): readonly Baseline[] {
  return (SOURCES[work] ?? []).flatMap((source): Baseline[] => {
    const measuredMs = OPTIONS.pyg === null ? null : measureOnce(source);
    if (measuredMs !== null) return [{ name: source.name, ms: measuredMs, isMeasured: true }];
    const isOther = work.startsWith('cora-') && !citations.isCora;
    if (source.recordedMs === null || isOther) return [];
    return [{ name: source.name, ms: source.recordedMs, isMeasured: false }];
  });
}

const measured = new Map<BaselineSource, number | null>();

function measureOnce(source: BaselineSource): number | null {
  const ms = measured.has(source) ? (measured.get(source) as number | null) : measure(source);
  measured.set(source, ms);
  return ms;
}

function measure({ script, args }: BaselineSource): number | null {
  const path = resolve(SCRIPTS, script);
  if (!existsSync(path)) return null;
  process.stderr.write(`  ${script} ${args.slice(-1).join(' ')} …\n`);
  const { stdout, stderr, status } = python([path, ...args]);
  const ms = status === 0 ? epochMs(stdout) : null;
  if (ms === null) process.stderr.write(`${script} failed: ${stderr.trim().split('\n').at(-1)}\n`);
  return ms;
}

/** node_gcn.py ends in '70.1 ms per training epoch', big_gcn.py lists its epochs: 's per epoch [7.4, 7.3]'. */
function epochMs(output: string): number | null {
  const [, ms] = /([\d.]+) ms per training epoch/.exec(output) ?? [];
  if (ms !== undefined) return Number(ms);
  const [, list] = /s per epoch \[([^\]]+)\]/.exec(output) ?? [];
  return list === undefined ? null : 1000 * median(list.split(',').map(Number));
}

function python(args: readonly string[]) {
  return spawnSync(OPTIONS.python, args, {
    encoding: 'utf8',
    env: { ...process.env, PYG: OPTIONS.pyg ?? '' },
  });
}

/** What the baselines are and where they come from, in one line. */
export function baselineVersions(): string {
  if (OPTIONS.pyg === null)
    return 'recorded on 2 cores of an AMD EPYC with PyTorch 1.13 and PyG 2.5.3 (../shared/bench)';
  const { stdout, status } = python([
    '-c',
    'import os, sys; sys.path.insert(0, os.environ["PYG"]); import torch, torch_geometric; print(f"PyTorch {torch.__version__}, PyG {torch_geometric.__version__}")',
  ]);
  return status === 0
    ? `measured in this run with ${stdout.trim()}`
    : 'recorded: PyG could not be started here';
}
