/** The layout of one table: what was remembered of it, and each change remembered. */
import { useState } from 'react';
import type { TableLayout } from '../../state/tableLayouts.ts';
import { useCommands } from '../useStore.ts';

export function useTableLayout(table: string): readonly [TableLayout, (layout: TableLayout) => void] {
  const commands = useCommands();
  const [shown, setShown] = useState(() => ({ table, layout: commands.tableLayout(table) }));
  let { layout } = shown;
  if (shown.table !== table) {
    layout = commands.tableLayout(table);
    setShown({ table, layout });
  }
  return [
    layout,
    (changed) => {
      setShown({ table, layout: changed });
      commands.rememberTableLayout(table, changed);
    },
  ];
}
