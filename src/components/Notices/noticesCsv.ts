/** Notices of an import as a table: one line per example, one for a notice without any. Pure. */
import type { ImportNotice } from '../../io/importTypes.ts';

const HEADER = 'file,line,severity,code,message,text';

/** RFC 4180, with CRLF. A text that a spreadsheet would run as a formula is led by an apostrophe. */
export function noticesCsv(notices: readonly ImportNotice[]): string {
  const lines = notices.flatMap(({ file = '', severity, code, message, examples }) => {
    const rows = examples.length === 0 ? [{ line: 0, text: '' }] : examples;
    return rows.map(({ line, text }) =>
      [file, line === 0 ? '' : String(line), severity, code, message, text].map(csvCell).join(','),
    );
  });
  return `${[HEADER, ...lines].join('\r\n')}\r\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
