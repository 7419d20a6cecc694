/** What is about to be read: format and why, tables with a role per column, direction, missing nodes, what was noticed. */
import { Button, Modal, Select } from '@mantine/core';
import { useCommands, useStore } from '../useStore.ts';
import type { ImportOptions } from '../../io/importTypes.ts';
import { LoadProgress } from '../Loading/LoadProgress.tsx';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { ImportNotices } from '../Notices/ImportNotices.tsx';
import { useIsNarrow } from '../useIsNarrow.ts';
import classes from './ImportDialog.module.css';
import { TableMapping } from './TableMapping.tsx';

const DIRECTIONS = [
  { value: 'auto', label: 'As the file says' },
  { value: 'directed', label: 'Directed' },
  { value: 'undirected', label: 'Undirected' },
] as const;
const MISSING_NODES = [
  { value: 'add', label: 'Add the node' },
  { value: 'drop', label: 'Drop the edge' },
] as const;

export function ImportDialog() {
  const dialog = useStore((state) => state.data.importDialog);
  const commands = useCommands();
  const isNarrow = useIsNarrow();
  return (
    <Modal
      opened={dialog !== null}
      onClose={() => void commands.closeImport()}
      title="Import"
      size={860}
      fullScreen={isNarrow}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {dialog !== null && <ImportForm />}
    </Modal>
  );
}

function ImportForm() {
  const dialog = useStore((state) => state.data.importDialog);
  const progress = useStore((state) => state.data.loading?.progress ?? null);
  const commands = useCommands();
  if (dialog === null) return null;
  const { preview, options, isReading, error } = dialog;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void commands.confirmImport();
      }}
    >
      <p>
        <strong>{preview.title}</strong> read as {preview.formatName}.{' '}
        <span className={classes.muted}>{preview.why}</span>
      </p>
      {preview.tables.map((table) => (
        <TableMapping key={table.path} table={table} options={options} isDisabled={isReading} />
      ))}
      <ImportChoices options={options} isDisabled={isReading} />
      {preview.notices.length > 0 && <ImportNotices notices={preview.notices} />}
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
    </form>
  );
}

interface ChoicesProps {
  readonly options: ImportOptions;
  readonly isDisabled: boolean;
}

function ImportChoices({ options, isDisabled }: ChoicesProps) {
  const commands = useCommands();
  return (
    <div className={classes.choices}>
      <Select
        label="Direction"
        description="Whether an edge's two ends are different"
        data={[...DIRECTIONS]}
        value={options.direction}
        disabled={isDisabled}
        onChange={(value) => {
          const chosen = DIRECTIONS.find((direction) => direction.value === value);
          if (chosen !== undefined) commands.setImportOptions({ ...options, direction: chosen.value });
        }}
      />
      <Select
        label="Missing nodes"
        description="When an edge names a node that no table has"
        data={[...MISSING_NODES]}
        value={options.missingNodes}
        disabled={isDisabled}
        onChange={(value) => {
          const chosen = MISSING_NODES.find((choice) => choice.value === value);
          if (chosen !== undefined) commands.setImportOptions({ ...options, missingNodes: chosen.value });
        }}
      />
    </div>
  );
}
