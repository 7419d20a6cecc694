import { expect, it } from 'vitest';
import type { ImportNotice } from '../../io/importTypes.ts';
import { noticesCsv } from './noticesCsv.ts';

const notice: ImportNotice = {
  severity: 'warning',
  code: 'bad-row',
  message: 'Two rows.',
  count: 2,
  examples: [],
};

it('has a line per example with its file and line, quoted where needed', () => {
  const examples = [
    { line: 3, text: 'a,"b"' },
    { line: 9, text: '=1+1' },
  ];
  expect(noticesCsv([{ ...notice, file: 'x.csv', examples }, notice]).split('\r\n')).toEqual([
    'file,line,severity,code,message,text',
    'x.csv,3,warning,bad-row,Two rows.,"a,""b"""',
    "x.csv,9,warning,bad-row,Two rows.,'=1+1",
    ',,warning,bad-row,Two rows.,',
    '',
  ]);
});
