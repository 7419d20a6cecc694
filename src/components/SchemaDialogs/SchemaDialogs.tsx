/** The dialogs of the schema view: one is open at a time, and closing it ends what it was working out. */
import { Modal } from '@mantine/core';
import type { SchemaDialog } from '../../state/schemaTypes.ts';
import { useIsNarrow } from '../useIsNarrow.ts';
import { useCommands, useStore } from '../useStore.ts';
import { BuildEdgesDialog } from './BuildEdgesDialog.tsx';
import { ConvertDialog } from './ConvertDialog.tsx';
import { DeriveDialog } from './DeriveDialog.tsx';
import { FormulaDialog } from './FormulaDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';

const TITLES: Readonly<Record<SchemaDialog['kind'], string>> = {
  'rename-column': 'Rename column',
  'convert-column': 'Change kind',
  'rename-node-type': 'Rename node type',
  'rename-relation': 'Rename relation',
  derive: 'Derive a column',
  formula: 'Column by formula',
  'build-edges': 'Build edges',
};
const WIDTHS: Partial<Record<SchemaDialog['kind'], number>> = {
  formula: 720,
  'build-edges': 560,
  derive: 520,
};
const DEFAULT_WIDTH = 420;

export function SchemaDialogs() {
  const dialog = useStore((state) => state.schema.dialog);
  const commands = useCommands();
  const isNarrow = useIsNarrow();
  if (dialog === null) return null;
  const width = WIDTHS[dialog.kind];
  return (
    <Modal
      opened
      onClose={() => commands.showSchemaDialog(null)}
      title={TITLES[dialog.kind]}
      size={width ?? DEFAULT_WIDTH}
      fullScreen={isNarrow && width !== undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <DialogBody dialog={dialog} />
    </Modal>
  );
}

function DialogBody({ dialog }: { readonly dialog: SchemaDialog }) {
  const commands = useCommands();
  switch (dialog.kind) {
    case 'rename-column': {
      const { column } = dialog;
      return <RenameDialog name={column.name} onRename={(to) => void commands.renameColumn(column, to)} />;
    }
    case 'rename-node-type':
      return (
        <RenameDialog name={dialog.name} onRename={(to) => void commands.renameNodeType(dialog.name, to)} />
      );
    case 'rename-relation':
      return (
        <RenameDialog name={dialog.name} onRename={(to) => void commands.renameRelation(dialog.name, to)} />
      );
    case 'convert-column':
      return <ConvertDialog reference={dialog.column} />;
    case 'derive':
      return <DeriveDialog nodeType={dialog.nodeType} />;
    case 'formula':
      return <FormulaDialog table={dialog.table} />;
    case 'build-edges':
      return <BuildEdgesDialog nodeType={dialog.nodeType} />;
    default:
      return dialog satisfies never;
  }
}
