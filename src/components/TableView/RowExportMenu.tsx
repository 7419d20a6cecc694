/** Rows of the table as a file: those shown, or the selected ones among them. Formats come from the io catalogue. */
import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useMemo } from 'react';
import { formatQuantity } from '../format/formatNumber.ts';
import { useCommands, useStore } from '../useStore.ts';
import { selectedRows, type TableModel } from './tableModel.ts';

interface RowExportMenuProps {
  readonly model: TableModel;
  readonly rows: Int32Array;
}

export function RowExportMenu(props: RowExportMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={props.rows.length === 0}
          leftSection={<IconTableExport size={14} aria-hidden />}
        >
          Save rows
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Counts the selected rows only while the menu is open. */
function Choices({ model, rows }: RowExportMenuProps) {
  const selected = useStore((state) => state.selection.selected);
  const chosen = useMemo(() => selectedRows(model, rows, selected), [model, rows, selected]);
  return (
    <>
      <Formats label={`${formatQuantity(rows.length, 'row')} shown`} model={model} rows={rows} />
      {chosen.length > 0 && (
        <Formats label={`${formatQuantity(chosen.length, 'row')} selected`} model={model} rows={chosen} />
      )}
    </>
  );
}

function Formats({ label, model, rows }: RowExportMenuProps & { readonly label: string }) {
  const commands = useCommands();
  const exporters = useStore((state) => state.catalogue.io?.exporters);
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {(exporters ?? [])
        .filter(({ needs }) => needs === 'selection')
        .map(({ id, name }) => {
          const format = formatOf(name);
          return (
            <Menu.Item
              key={id}
              aria-label={`${label} as ${format}`}
              onClick={() => void commands.exportFile(id, model.exportRows(rows))}
            >
              {format}
            </Menu.Item>
          );
        })}
    </>
  );
}

/** 'Selection (CSV)' → 'CSV'. */
const formatOf = (name: string): string => /\((.*)\)/.exec(name)?.[1] ?? name;
