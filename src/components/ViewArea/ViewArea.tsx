/**
 * The centre: tabs over the views, graph and embedding side by side when split. A view is made when first looked at and
 * then kept, hidden but laid out, so that going back to it costs nothing and a picture of it can be taken any time.
 */
import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import type { ViewTab } from '../../state/types.ts';
import { Notices } from '../Notices/Notices.tsx';
import { useIsNarrow } from '../useIsNarrow.ts';
import { useCommands, useStore } from '../useStore.ts';
import { VIEWS, type ViewDescriptor } from '../views.ts';
import classes from './ViewArea.module.css';

const ID = 'views';
/** The two views that can stand side by side. */
const SPLIT: readonly ViewTab[] = ['graph', 'embedding'];

interface ViewAreaProps {
  /** Buttons at the ends of the tab bar: the side panes' toggles. */
  readonly start?: ReactNode;
  readonly end?: ReactNode;
}

export function ViewArea({ start, end }: ViewAreaProps) {
  const commands = useCommands();
  const tab = useStore((state) => state.view.tab);
  const isNarrow = useIsNarrow();
  const isSplit = useStore((state) => state.view.split) && !isNarrow && SPLIT.includes(tab);
  const [visited, setVisited] = useState<ReadonlySet<ViewTab>>(new Set());
  const shown = VIEWS.filter((view) => view.id === tab || (isSplit && SPLIT.includes(view.id)));
  if (shown.some((view) => !visited.has(view.id))) {
    setVisited(new Set([...visited, ...shown.map((view) => view.id)]));
  }
  return (
    <section className={classes.area} aria-label="Views" data-views>
      <Tabs
        id={ID}
        value={tab}
        onChange={(value) => {
          const chosen = VIEWS.find((view) => view.id === value);
          if (chosen !== undefined) commands.setTab(chosen.id);
        }}
        className={classes.bar ?? ''}
      >
        {start}
        <Tabs.List className={classes.tabs ?? ''} aria-label="Views">
          {VIEWS.map((view) => (
            <Tabs.Tab key={view.id} value={view.id}>
              {view.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {!isNarrow && SPLIT.includes(tab) && <SplitToggle isSplit={isSplit} />}
        {end}
      </Tabs>
      <div className={classes.panels} data-split={isSplit || undefined}>
        {VIEWS.filter((view) => visited.has(view.id) || shown.includes(view)).map((view) => (
          <ViewPanel key={view.id} view={view} isShown={shown.includes(view)} />
        ))}
        <Notices />
      </div>
    </section>
  );
}

function ViewPanel({ view, isShown }: { readonly view: ViewDescriptor; readonly isShown: boolean }) {
  const View = view.component;
  return (
    <div
      role="tabpanel"
      id={`${ID}-panel-${view.id}`}
      aria-labelledby={`${ID}-tab-${view.id}`}
      className={classes.panel}
      data-view={view.id}
      data-hidden={!isShown || undefined}
    >
      <Suspense fallback={null}>
        <View />
      </Suspense>
    </div>
  );
}

function SplitToggle({ isSplit }: { readonly isSplit: boolean }) {
  const commands = useCommands();
  return (
    <Tooltip label="Graph and embedding side by side">
      <ActionIcon
        aria-label="Side by side"
        aria-pressed={isSplit}
        onClick={() => commands.setSplitView(!isSplit)}
      >
        <IconColumns2 size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
