/** Under 900 px: the views fill the screen, data and details come as sheets over them, the run is one line. */
import { Drawer } from '@mantine/core';
import { useEffect } from 'react';
import { DataPanel } from '../components/DataPanel/DataPanel.tsx';
import { Inspector } from '../components/Inspector/Inspector.tsx';
import { ModelPanel } from '../components/ModelPanel/ModelPanel.tsx';
import { RunBar } from '../components/RunPanel/RunPanel.tsx';
import { useOverlay } from '../components/useOverlay.ts';
import { useStore } from '../components/useStore.ts';
import { ViewArea } from '../components/ViewArea/ViewArea.tsx';
import classes from './Screen.module.css';

export function NarrowWorkspace() {
  const overlay = useOverlay();
  const focused = useStore((state) => state.selection.focused);
  const title = useStore((state) => state.data.loaded?.title ?? '');
  const { show } = overlay;
  // Escape and Tab belong to the dialog over the sheet while there is one.
  const isCovered = useStore((state) => state.schema.dialog !== null);
  // A tapped node is explained at once; there is no pane beside it to look at.
  useEffect(() => {
    if (focused !== null) show('details-sheet');
  }, [focused, show]);
  const close = () => show(null);
  const closeButtonProps = { 'aria-label': 'Close' };
  return (
    <>
      <main className={classes.column}>
        <h1 className="gw-visually-hidden">{title}</h1>
        <ViewArea />
        <RunBar />
      </main>
      <Drawer
        opened={overlay.open === 'data-sheet'}
        onClose={close}
        position="left"
        size={320}
        title="Data"
        closeOnEscape={!isCovered}
        trapFocus={!isCovered}
        padding={0}
        closeButtonProps={closeButtonProps}
        styles={{ header: { padding: '8px 12px' } }}
      >
        <DataPanel />
      </Drawer>
      <Drawer
        opened={overlay.open === 'details-sheet'}
        onClose={close}
        position="bottom"
        size="70%"
        title="Selected node"
        padding={0}
        closeButtonProps={closeButtonProps}
        styles={{ header: { padding: '8px 12px' } }}
      >
        <Inspector />
      </Drawer>
      <Drawer
        opened={overlay.open === 'setup-sheet'}
        onClose={close}
        position="bottom"
        size="80%"
        title="Set-up"
        padding={0}
        closeButtonProps={closeButtonProps}
        styles={{ header: { padding: '8px 12px' } }}
      >
        <ModelPanel withChoices />
      </Drawer>
    </>
  );
}
