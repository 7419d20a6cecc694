/** The full list behind 'what was read': summary and every note of the import report. */
import { Modal } from '@mantine/core';
import { formatBytes, formatDuration, formatQuantity } from '../format/formatNumber.ts';
import { useOverlay } from '../useOverlay.ts';
import { useStore } from '../useStore.ts';
import { ImportNotices } from './ImportNotices.tsx';
import classes from './Notices.module.css';

export function ImportNoticesDialog() {
  const overlay = useOverlay();
  const report = useStore((state) => state.data.loaded?.report ?? null);
  const title = useStore((state) => state.data.loaded?.title ?? '');
  return (
    <Modal
      opened={overlay.open === 'import-notices' && report !== null}
      onClose={() => overlay.show(null)}
      title="What was read"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {report !== null && (
        <>
          <p>{report.summary}</p>
          <p className={classes.muted}>
            {formatQuantity(report.rowsRead, 'row')}, {formatBytes(report.bytesRead)},{' '}
            {formatDuration(report.elapsedMs)}
          </p>
          {report.notices.length > 0 && <ImportNotices notices={report.notices} title={title} />}
        </>
      )}
    </Modal>
  );
}
