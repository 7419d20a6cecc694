/** Messages to the person: errors stay until dismissed, the rest is the view's to time. */
import { serialiseError } from '../../core/errors.ts';
import { patch, type WorkbenchStore } from '../store.ts';
import type { Commands, Notice } from '../types.ts';

export function createNoticeCommands(store: WorkbenchStore): Pick<Commands, 'notify' | 'dismiss'> {
  let nextId = 1;
  return {
    notify(notice) {
      const { notices } = store.getState().notices;
      // The same sentence twice in a row is one message.
      const rest = notices.filter((shown) => shown.message !== notice.message);
      patch(store, 'notices', { notices: [...rest, { id: nextId++, ...notice }] });
    },
    dismiss(noticeId) {
      patch(store, 'notices', {
        notices: store.getState().notices.notices.filter((notice) => notice.id !== noticeId),
      });
    },
  };
}

/** Returns the notice that explains a thrown error, or null for a cancellation, which the person asked for. */
export function noticeOf(error: unknown): Omit<Notice, 'id'> | null {
  const plain = serialiseError(error);
  if (plain.code === 'cancelled') return null;
  const details = JSON.stringify({ code: plain.code, ...plain.details }, null, 2);
  return {
    severity: 'error',
    message: plain.message,
    remedy: plain.remedy,
    details: plain.stack === undefined ? details : `${details}\n${plain.stack}`,
  };
}
