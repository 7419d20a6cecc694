/** A dialog that takes one thing to open, pasted or named, and goes on to the import. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsNarrow } from '../useIsNarrow.ts';
import { type Overlay, useOverlay } from '../useOverlay.ts';
import classes from './EmptyState.module.css';

interface OpenDialogProps {
  readonly overlayName: Overlay;
  readonly title: string;
  readonly size: number;
  /** A phone gives it the whole screen. */
  readonly isLarge: boolean;
  /** Words of the button that goes on. */
  readonly action: string;
  readonly isEmpty: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

export function OpenDialog(props: OpenDialogProps) {
  const { overlayName, title, size, isLarge, action, isEmpty, onOpen, children } = props;
  const overlay = useOverlay();
  const isNarrow = useIsNarrow();
  return (
    <Modal
      opened={overlay.open === overlayName}
      onClose={() => overlay.show(null)}
      title={title}
      size={size}
      fullScreen={isLarge && isNarrow}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.openForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          overlay.show(null);
          onOpen();
        }}
      >
        {children}
        <div className={classes.openButtons}>
          <Button variant="default" size="sm" onClick={() => overlay.show(null)}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={isEmpty}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
