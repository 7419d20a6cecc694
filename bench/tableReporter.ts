/**
 * Playwright reporter of the benches: says on stderr what is being measured, gathers the rows, prints one table on stdout
 * and leaves it in build/bench/latest.json for machines. Nothing in it depends on the date.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { FullResult, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { baselineVersions } from './baselines.ts';
import { type BenchRow, NOTE, ROW } from './benchRow.ts';
import { benchTable, bytesText } from './benchTable.ts';

const FOLDER = resolve(import.meta.dirname, '../build/bench');

const LEGEND = [
  'Median: of one training epoch without evaluation, where nothing else is said; the first epoch does not count.',
  'Ratio: baseline / median. RSS: most memory the Node process ever held. Heap: WebAssembly memory, which never shrinks.',
];

export default class TableReporter implements Reporter {
  readonly #rows: BenchRow[] = [];
  readonly #notes: string[] = [];
  readonly #failures: string[] = [];

  printsToStdio(): boolean {
    return true;
  }

  onTestBegin({ title }: TestCase): void {
    process.stderr.write(`${title} …\n`);
  }

  onTestEnd({ title, expectedStatus }: TestCase, result: TestResult): void {
    for (const { name, body } of result.attachments) {
      if (body === undefined) continue;
      if (name === ROW) this.#rows.push(JSON.parse(body.toString()) as BenchRow);
      if (name === NOTE) this.#notes.push(body.toString());
    }
    if (result.status === expectedStatus) return;
    this.#failures.push(`${title}: ${result.status}`);
    for (const error of result.errors) this.onError(error);
  }

  onError({ stack, message }: TestError): void {
    process.stderr.write(`${stack ?? message ?? 'unknown error'}\n`);
  }

  onEnd({ status }: FullResult): void {
    if (this.#rows.length === 0 && this.#notes.length === 0) {
      process.stderr.write(`No bench was measured (${status}).\n`);
      return;
    }
    const facts = this.#facts();
    const lines = [
      ...Object.entries(facts).flatMap(([fact, value]) => (value === null ? [] : [`${fact}: ${value}`])),
      '',
      ...(this.#rows.length === 0 ? [] : [benchTable(this.#rows), '', ...LEGEND]),
      ...this.#notes.map((note) => `\n${note}`),
      ...this.#failures.map((failure) => `\nNot measured to the end: ${failure}`),
    ];
    process.stdout.write(`\n${lines.join('\n')}\n`);
    mkdirSync(FOLDER, { recursive: true });
    const report = { ...facts, rows: this.#rows, notes: this.#notes, failures: this.#failures };
    writeFileSync(join(FOLDER, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
  }

  #facts(): Record<string, string | null> {
    const processors = cpus();
    return {
      Machine: `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${bytesText(totalmem())}`,
      Node: process.version,
      Browser: this.#rows.find(({ browser }) => browser !== null)?.browser ?? null,
      Baselines: baselineVersions(),
    };
  }
}
