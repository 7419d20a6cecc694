/**
 * What is about to be read, on one screen: format and why, whether it opens anew or is added to what is open, tables with a
 * role per table and column, the choices that matter, and what was noticed. One click or Enter imports.
 */
import { Button, Modal } from '@mantine/core';
import type { ImportDialogState } from '../../state/types.ts';
import { LoadProgress } from '../Loading/LoadProgress.tsx';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { ImportNotices } from '../Notices/ImportNotices.tsx';
import { useIsNarrow } from '../useIsNarrow.ts';
import { useCommands, useStore } from '../useStore.ts';
import { ImportChoices } from './ImportChoices.tsx';
import classes from './ImportDialog.module.css';
import { JoinChoice } from './JoinChoice.tsx';
import { TableMapping } from './TableMapping.tsx';

export function ImportDialog() {
  const dialog = useStore((state) => state.data.importDialog);
  const commands = useCommands();
  const isNarrow = useIsNarrow();
  return (
    <Modal
      opened={dialog !== null}
      onClose={() => void commands.closeImport()}
      title="Import"
      size={920}
      fullScreen={isNarrow}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {dialog !== null && <ImportForm dialog={dialog} />}
    </Modal>
  );
}

function ImportForm({ dialog }: { readonly dialog: ImportDialogState }) {
  const commands = useCommands();
  const { preview, options, join, isReading } = dialog;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void commands.confirmImport();
      }}
    >
      <div>
        <p>
          <strong>{preview.title}</strong> read as {preview.formatName}.{' '}
          <span className={classes.muted}>{preview.why}</span>
        </p>
        {dialog.isRemembered && (
          <p className={classes.muted}>
            Mapped as you did last time for tables with these columns.{' '}
            <button
              type="button"
              className={classes.link}
              disabled={isReading}
              onClick={() => void commands.resetImportOptions()}
            >
              Reset to guesses
            </button>
          </p>
        )}
      </div>
      {join !== null && <JoinChoice preview={preview} options={options} join={join} isDisabled={isReading} />}
      {preview.tables.map((table) => (
        <TableMapping key={table.path} table={table} options={options} isDisabled={isReading} />
      ))}
      <ImportChoices options={options} isDisabled={isReading} />
      {preview.notices.length > 0 && <ImportNotices notices={preview.notices} title={preview.title} />}
      <ImportFooter dialog={dialog} />
    </form>
  );
}

function ImportFooter({ dialog: { error, isReading } }: { readonly dialog: ImportDialogState }) {
  const progress = useStore((state) => state.data.loading?.progress ?? null);
  const commands = useCommands();
  return (
    <div className={classes.footer}>
      {error !== null && (
        <div className={classes.error}>
          <ErrorMessage error={error} />
        </div>
      )}
      {isReading && <LoadProgress progress={progress} />}
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="sm"
          onClick={() => void (isReading ? commands.cancelLoading() : commands.closeImport())}
        >
          Cancel
        </Button>
        <Button type="submit" size="sm" disabled={isReading} data-autofocus>
          Import
        </Button>
      </div>
    </div>
  );
}
