/** What can be done with a table: name it, add columns, make edges. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { SchemaDialog } from '../../state/schemaTypes.ts';
import { useCommands } from '../useStore.ts';

interface TableMenuProps {
  /** Accessible name: 'Actions for paper'. */
  readonly label: string;
  readonly items: readonly { readonly name: string; readonly dialog: SchemaDialog }[];
}

export function TableMenu({ label, items }: TableMenuProps) {
  const commands = useCommands();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={label}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ name, dialog }) => (
          <Menu.Item key={name} onClick={() => commands.showSchemaDialog(dialog)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
