/** Counts and lists what a reader drops, mends or wants to say; merged into the report at the end. */
import type { ImportNotice } from './importTypes.ts';

/** Rows that were dropped or mended are all listed, for the download; beyond this many only counted. */
export const MAX_LISTED = 100_000;
const MAX_EXAMPLES = 20;

interface OpenNotice {
  readonly severity: ImportNotice['severity'];
  readonly code: string;
  readonly file: string | undefined;
  readonly words: (count: number) => string;
  count: number;
  readonly examples: { line: number; text: string }[];
}

export interface NoticeKind {
  readonly severity: ImportNotice['severity'];
  readonly code: string;
  readonly file?: string;
  /** The sentence for a count. */
  readonly words: (count: number) => string;
}

export interface NoticeList {
  /** Counts one more of a kind; kinds are told apart by code and file. The example's text is made only when kept. */
  add(kind: NoticeKind, line: number, text: () => string): void;
  /** Adds a notice that is not counted up. */
  say(notice: Omit<ImportNotice, 'examples' | 'count'> & Partial<ImportNotice>): void;
  all(): readonly ImportNotice[];
}

export function createNoticeList(): NoticeList {
  const open = new Map<string, OpenNotice>();
  const said: ImportNotice[] = [];
  return {
    add(kind, line, text) {
      const key = `${kind.code}\n${kind.file ?? ''}`;
      let notice = open.get(key);
      if (notice === undefined) {
        notice = { ...kind, file: kind.file, count: 0, examples: [] };
        open.set(key, notice);
      }
      notice.count++;
      const most = notice.severity === 'warning' ? MAX_LISTED : MAX_EXAMPLES;
      if (notice.examples.length < most) notice.examples.push({ line, text: text() });
    },
    say(notice) {
      said.push({ count: 1, examples: [], ...notice });
    },
    all() {
      const counted = [...open.values()].map(
        (notice): ImportNotice => ({
          severity: notice.severity,
          code: notice.code,
          message: notice.words(notice.count),
          count: notice.count,
          ...(notice.file === undefined ? {} : { file: notice.file }),
          examples: notice.examples,
        }),
      );
      const all = [...counted, ...said];
      return [...all.filter((n) => n.severity === 'warning'), ...all.filter((n) => n.severity === 'info')];
    },
  };
}

/** '1 row', '2,708 rows'. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

/** Names the files among the dropped ones that the format has no use for. */
export function noteUnusedFiles(notices: NoticeList, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const shown =
    paths.length > 5 ? `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more` : paths.join(', ');
  notices.say({
    severity: 'info',
    code: 'files-not-used',
    message: `Not used: ${shown}.`,
    count: paths.length,
    examples: paths.slice(0, MAX_EXAMPLES).map((path) => ({ line: 0, text: path })),
  });
}
