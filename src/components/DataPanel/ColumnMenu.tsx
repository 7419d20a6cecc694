/** What can be done with a column: rename, change its kind, predict it, take it out of sight, drop it. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Column } from '../../core/columns.ts';
import type { ColumnRef } from '../../state/schemaTypes.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './DataPanel.module.css';
import { targetTask } from './targetTask.ts';

interface ColumnMenuProps {
  readonly column: Column;
  readonly reference: ColumnRef;
  readonly isTarget: boolean;
}

export function ColumnMenu({ column, reference, isTarget }: ColumnMenuProps) {
  const commands = useCommands();
  const isConvertible = column.kind !== 'vector' && column.kind !== 'sparse';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} className={classes.more ?? ''} aria-label={`Actions for ${column.name}`}>
          <IconDots size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => commands.showSchemaDialog({ kind: 'rename-column', column: reference })}>
          Rename…
        </Menu.Item>
        {isConvertible && (
          <Menu.Item onClick={() => commands.showSchemaDialog({ kind: 'convert-column', column: reference })}>
            Change kind…
          </Menu.Item>
        )}
        {!isTarget && <UseAsTarget column={column} reference={reference} />}
        <Menu.Item disabled={isTarget} onClick={() => commands.setHidden([reference], true)}>
          Hide
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item className={classes.drop ?? ''} onClick={() => void commands.dropColumn(reference)}>
          Drop
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UseAsTarget({ column, reference }: Pick<ColumnMenuProps, 'column' | 'reference'>) {
  const commands = useCommands();
  const tasks = useStore((state) => state.catalogue.engine?.tasks ?? null);
  const current = useStore((state) => state.setup.task);
  const { table, name } = reference;
  const task = targetTask(column, current, tasks?.map(({ id }) => id) ?? []);
  if (table.kind === 'edges' || task === null) return null;
  return (
    <Menu.Item onClick={() => commands.setSetup({ task, nodeType: table.type, target: name })}>
      Use as target
    </Menu.Item>
  );
}
