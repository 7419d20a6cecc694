/** The last edit and the way back: undo and redo, named by what they would change. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { redoableEdit, undoableEdit } from '../../state/history.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './DataPanel.module.css';

export function HistoryButtons() {
  const commands = useCommands();
  const undo = useStore((state) => undoableEdit(state)?.label ?? null);
  const redo = useStore((state) => redoableEdit(state)?.label ?? null);
  if (undo === null && redo === null) return null;
  return (
    <div className={classes.history} role="group" aria-label="History">
      <span className={classes.lastEdit} title={undo ?? ''}>
        {undo === null ? 'As it was opened' : `Last edit: ${undo}`}
      </span>
      <Tooltip label={undo === null ? 'Nothing to undo' : `Undo ${undo} (Ctrl Z)`}>
        <ActionIcon
          size={24}
          className={classes.step ?? ''}
          aria-label={undo === null ? 'Undo' : `Undo ${undo}`}
          disabled={undo === null}
          onClick={commands.undo}
        >
          <IconArrowBackUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redo === null ? 'Nothing to do again' : `Redo ${redo} (Ctrl Shift Z)`}>
        <ActionIcon
          size={24}
          className={classes.step ?? ''}
          aria-label={redo === null ? 'Redo' : `Redo ${redo}`}
          disabled={redo === null}
          onClick={commands.redo}
        >
          <IconArrowForwardUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
