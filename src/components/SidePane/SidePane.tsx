/** The right pane: the inspector of the selection beside the settings of the model. */
import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { Inspector } from '../Inspector/Inspector.tsx';
import { ModelPanel } from '../ModelPanel/ModelPanel.tsx';
import { useStore } from '../useStore.ts';
import classes from './SidePane.module.css';

export function SidePane() {
  const focused = useStore((state) => state.selection.focused);
  const [tab, setTab] = useState<string | null>(focused === null ? 'model' : 'inspector');
  const [lastFocused, setLastFocused] = useState(focused);
  // Selecting a node asks about that node; the settings come back when nothing is selected.
  if (focused !== lastFocused) {
    setLastFocused(focused);
    setTab(focused === null ? 'model' : 'inspector');
  }
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.pane ?? ''}>
      <Tabs.List className={classes.tabs ?? ''} aria-label="Details">
        <Tabs.Tab value="inspector">Inspector</Tabs.Tab>
        <Tabs.Tab value="model">Model</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="inspector" className={classes.panel ?? ''}>
        <Inspector />
      </Tabs.Panel>
      <Tabs.Panel value="model" className={classes.panel ?? ''}>
        <ModelPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
