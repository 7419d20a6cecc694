/** Runs commands of the headless runner in this process. Tests only. */
import { runCommandLine } from './main.ts';

export interface Report {
  metrics: Record<'train' | 'val' | 'test', Record<string, number>>;
  mean: Report['metrics'];
  sd: Report['metrics'];
  runs: { metrics: Report['metrics'] }[];
  [key: string]: unknown;
}

/** Returns exit code, printed lines and the last line's JSON. */
export async function run(
  ...argv: string[]
): Promise<{ code: number; out: string[]; err: string[]; report: Report }> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    onInterrupt: () => undefined,
  };
  const code = await runCommandLine(argv, terminal);
  const report = JSON.parse(out.at(-1)?.startsWith('{') === true ? (out.at(-1) as string) : '{}') as Report;
  return { code, out, err, report };
}
