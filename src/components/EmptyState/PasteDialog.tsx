/** A field for pasted text, for those who do not paste on the page itself. */
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useIsNarrow } from '../useIsNarrow.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands } from '../useStore.ts';
import classes from './EmptyState.module.css';

export function PasteDialog() {
  const overlay = useOverlay();
  const commands = useCommands();
  const isNarrow = useIsNarrow();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  return (
    <Modal
      opened={overlay.open === 'paste'}
      onClose={() => overlay.show(null)}
      title="Paste a table"
      size={640}
      fullScreen={isNarrow}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.openForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          overlay.show(null);
          void commands.openText(text);
        }}
      >
        <Textarea
          label="Table or graph"
          description="Cells copied from a spreadsheet, an edge list, or the text of any format that files may have"
          placeholder={'source,target\nAda,Grace\nGrace,Alan'}
          rows={12}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', whiteSpace: 'pre' } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.openButtons}>
          <Button variant="default" size="sm" onClick={() => overlay.show(null)}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={isEmpty}>
            Continue
          </Button>
        </div>
      </form>
    </Modal>
  );
}
