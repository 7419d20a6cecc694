/** What an import has to say about rows it dropped, added or guessed: one line each, first examples behind it. */
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ImportNotice } from '../../io/importTypes.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import classes from './Notices.module.css';

export function ImportNotices({ notices }: { readonly notices: readonly ImportNotice[] }) {
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
  const shown = notice.examples.length;
  return (
    <details>
      <summary>
        {shown < notice.count
          ? `First ${shown} of ${formatCount(notice.count)}`
          : formatQuantity(shown, 'example')}
      </summary>
      <ul className={classes.exampleLines}>
        {notice.examples.map((example) => (
          <li key={`${example.line} ${example.text}`}>
            <span className={classes.muted}>line {formatCount(example.line)}</span>{' '}
            <code>{example.text}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
