/** Opens the style panel beside the graph, which stays in sight: every setting shows its effect at once. */
import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconPalette } from '@tabler/icons-react';
import { useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import { StylePanel } from './StylePanel.tsx';
import classes from './StylePanel.module.css';

export function StyleButton({ graph }: { readonly graph: Graph }) {
  const [isOpen, setOpen] = useState(false);
  return (
    // Stays while a person pans the graph or picks from a list, whose options lie outside of it.
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      closeOnClickOutside={false}
      trapFocus
      returnFocus
      width={304}
    >
      <Popover.Target>
        <Tooltip label="Colours, sizes, shapes and names">
          <ActionIcon aria-label="Style" onClick={() => setOpen(!isOpen)}>
            <IconPalette size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''} aria-label="Style">
        <StylePanel graph={graph} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
