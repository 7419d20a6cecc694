/**
 * Messages to the person, in the lower right corner of the views (of the screen while nothing is open), so that run
 * controls, status and curves stay in sight; newest last. Errors and warnings stay until dismissed; information leaves by
 * itself unless the pointer or focus is on it.
 */
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { undoableEdit } from '../../state/history.ts';
import type { Notice } from '../../state/types.ts';
import { useCommands, useStore } from '../useStore.ts';
import { FoldedDetails } from './ErrorMessage.tsx';
import classes from './Notices.module.css';

const INFO_SHOWN_MS = 8000;
const LOOK = {
  error: { Icon: IconCircleX, label: 'Error' },
  warning: { Icon: IconAlertTriangle, label: 'Warning' },
  info: { Icon: IconInfoCircle, label: 'Note' },
} as const;

export function Notices() {
  const notices = useStore((state) => state.notices.notices);
  return (
    <section aria-label="Messages" aria-live="polite" className={classes.stack}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const commands = useCommands();
  const [isHeld, setHeld] = useState(false);
  const { Icon, label } = LOOK[notice.severity];
  useEffect(() => {
    if (notice.severity !== 'info' || isHeld) return;
    const timer = setTimeout(() => commands.dismiss(notice.id), INFO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [commands, notice, isHeld]);
  return (
    <div
      className={classes.notice}
      data-severity={notice.severity}
      {...(notice.severity === 'error' ? { role: 'alert' } : {})}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} aria-label={label} className={classes.icon} />
      <div className={classes.text}>
        <p className={classes.strong}>{notice.message}</p>
        {notice.remedy !== '' && <p>{notice.remedy}</p>}
        <FoldedDetails text={notice.details} />
        {notice.offersUndo === true && <UndoButton noticeId={notice.id} />}
      </div>
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => commands.dismiss(notice.id)} />
    </div>
  );
}

/** There while what the message tells of can still be taken back. */
function UndoButton({ noticeId }: { readonly noticeId: number }) {
  const commands = useCommands();
  const canUndo = useStore((state) => undoableEdit(state) !== null);
  if (!canUndo) return null;
  return (
    <Button
      variant="default"
      className={classes.action ?? ''}
      onClick={() => {
        commands.undo();
        commands.dismiss(noticeId);
      }}
    >
      Undo
    </Button>
  );
}
