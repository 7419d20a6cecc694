/** What an import has to say about rows it dropped, added or guessed: one line each, first examples behind it, all as a file. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconInfoCircle } from '@tabler/icons-react';
import type { ImportNotice } from '../../io/importTypes.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { useCommands } from '../useStore.ts';
import classes from './Notices.module.css';
import { noticesCsv } from './noticesCsv.ts';

/** Longer lists are for a file. */
const SHOWN_EXAMPLES = 20;

interface ImportNoticesProps {
  readonly notices: readonly ImportNotice[];
  /** Of what was read; names the downloaded list. */
  readonly title: string;
}

export function ImportNotices({ notices, title }: ImportNoticesProps) {
  const commands = useCommands();
  return (
    <div>
      <NoticeLines notices={notices} />
      <Button
        variant="default"
        className={classes.download ?? ''}
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => {
          const list = new Blob([noticesCsv(notices)], { type: 'text/csv;charset=utf-8' });
          commands.saveFile(`${title} notices.csv`, list);
        }}
      >
        Download list (CSV)
      </Button>
    </div>
  );
}

function NoticeLines({ notices }: Pick<ImportNoticesProps, 'notices'>) {
  return (
    <ul className={classes.importNotices}>
      {notices.map((notice) => (
        <li key={`${notice.code} ${notice.file ?? ''} ${notice.message}`} data-severity={notice.severity}>
          {notice.severity === 'warning' ? (
            <IconAlertTriangle size={14} aria-label="Warning" />
          ) : (
            <IconInfoCircle size={14} aria-label="Note" />
          )}
          <div>
            <p>
              {notice.message}
              {notice.file !== undefined && !notice.message.includes(notice.file) && (
                <span className={classes.muted}> {notice.file}</span>
              )}
            </p>
            {notice.examples.length > 0 && <NoticeExamples notice={notice} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function NoticeExamples({ notice }: { readonly notice: ImportNotice }) {
  const examples = notice.examples.slice(0, SHOWN_EXAMPLES);
  const shown = examples.length;
  return (
    <details>
      <summary>
        {shown < notice.count
          ? `First ${shown} of ${formatCount(notice.count)}`
          : formatQuantity(shown, 'example')}
      </summary>
      <ul className={classes.exampleLines}>
        {examples.map((example) => (
          <li key={`${example.line} ${example.text}`}>
            {example.line > 0 && <span className={classes.muted}>line {formatCount(example.line)}</span>}{' '}
            <code>{example.text}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
