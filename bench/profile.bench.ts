/** With --profile: where the time of a training step goes, kernel by kernel, in Node; text below the table. */
import { test } from '@playwright/test';
import { citations, OPTIONS } from './benchOptions.ts';
import { reportNote } from './benchRow.ts';
import { timeText } from './benchTable.ts';
import { profileInNode } from './nodeTraining.ts';
import type { TrainingProfile } from './trainingProfile.ts';
import { workNamed } from './works.ts';

/** Kernels with a smaller share are told together. */
const LEAST_SHARE = 0.01;

const PROFILED = [
  ['big-gcn-64', 'big GCN, hidden 64'],
  ['big-gcn-256', 'big GCN, hidden 256'],
  ['cora-gcn', `GCN on ${citations.name}`],
  ['cora-gat', `GAT on ${citations.name}`],
] as const;

for (const [name, title] of OPTIONS.profile ? PROFILED : []) {
  test(`profile of ${title}`, async () => {
    await reportNote(profileText(title, profileInNode(workNamed(name))));
  });
}

function profileText(title: string, { stepMs, otherMs, kernels }: TrainingProfile): string {
  const isLarge = ({ ms }: { readonly ms: number }): boolean => ms >= LEAST_SHARE * stepMs;
  const small = kernels.filter((kernel) => !isLarge(kernel));
  const lines = [
    ...kernels.filter(isLarge),
    {
      kernel: `${small.length} smaller kernels`,
      calls: small.reduce((sum, { calls }) => sum + calls, 0),
      ms: small.reduce((sum, { ms }) => sum + ms, 0),
    },
    { kernel: 'outside kernels', calls: null, ms: otherMs },
  ];
  const width = Math.max(...lines.map(({ kernel }) => kernel.length));
  const text = lines.map(({ kernel, calls, ms }) => {
    const share = `${((100 * ms) / stepMs).toFixed(1)} %`;
    const often = calls === null ? '' : `  ${Number(calls.toFixed(1))} calls`;
    return `  ${kernel.padEnd(width)}  ${timeText(ms).padStart(8)}  ${share.padStart(6)}${often}`;
  });
  return [`Where a training step goes, ${title}, Node: ${timeText(stepMs)} with clocks`, ...text].join('\n');
}
