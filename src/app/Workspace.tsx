/** The panes of a wide screen: data, views, details, and the run below. Sizes are the person's and are remembered. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react';
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels';
import { type RefObject, useRef } from 'react';
import { DataPanel } from '../components/DataPanel/DataPanel.tsx';
import { RunPanel } from '../components/RunPanel/RunPanel.tsx';
import { SidePane } from '../components/SidePane/SidePane.tsx';
import { useStore } from '../components/useStore.ts';
import { ViewArea } from '../components/ViewArea/ViewArea.tsx';
import classes from './Screen.module.css';

export function Workspace() {
  const rows = useDefaultLayout({ id: 'graphwright-rows' });
  const columns = useDefaultLayout({ id: 'graphwright-columns' });
  const title = useStore((state) => state.data.loaded?.title ?? '');
  const data = useRef<PanelImperativeHandle>(null);
  const details = useRef<PanelImperativeHandle>(null);
  return (
    <main className={classes.column}>
      <h1 className="gw-visually-hidden">{title}</h1>
      <Group
        orientation="vertical"
        className={classes.column}
        defaultLayout={rows.defaultLayout}
        onLayoutChanged={rows.onLayoutChanged}
      >
        <Panel id="main" minSize={240}>
          <Group
            orientation="horizontal"
            defaultLayout={columns.defaultLayout}
            onLayoutChanged={columns.onLayoutChanged}
          >
            <Panel
              id="data"
              panelRef={data}
              defaultSize={264}
              minSize={180}
              maxSize={440}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <section className={classes.pane} aria-label="Data">
                <DataPanel />
              </section>
            </Panel>
            <Separator className={classes.handle} aria-label="Width of the data pane" />
            <Panel id="views" minSize={320}>
              <ViewArea
                start={
                  <PaneToggle panel={data} label="Data pane">
                    <IconLayoutSidebar size={16} aria-hidden />
                  </PaneToggle>
                }
                end={
                  <PaneToggle panel={details} label="Details pane">
                    <IconLayoutSidebarRight size={16} aria-hidden />
                  </PaneToggle>
                }
              />
            </Panel>
            <Separator className={classes.handle} aria-label="Width of the details pane" />
            <Panel
              id="details"
              panelRef={details}
              defaultSize={312}
              minSize={240}
              maxSize={520}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <section className={classes.pane} aria-label="Details">
                <SidePane />
              </section>
            </Panel>
          </Group>
        </Panel>
        <Separator className={classes.handle} aria-label="Height of the run pane" />
        <Panel
          id="run"
          defaultSize={190}
          minSize={96}
          maxSize={420}
          collapsible
          collapsedSize={40}
          groupResizeBehavior="preserve-pixel-size"
        >
          <RunPanel />
        </Panel>
      </Group>
    </main>
  );
}

interface PaneToggleProps {
  readonly panel: RefObject<PanelImperativeHandle | null>;
  readonly label: string;
  readonly children: React.ReactNode;
}

function PaneToggle({ panel, label, children }: PaneToggleProps) {
  return (
    <Tooltip label={`Show or hide the ${label.toLowerCase()}`}>
      <ActionIcon
        aria-label={label}
        onClick={() => (panel.current?.isCollapsed() ? panel.current.expand() : panel.current?.collapse())}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
