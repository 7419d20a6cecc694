/** The strip above the graph: search, what colour and size mean, zoom, layout. */
import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { type RefObject, useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { ColourBy, SizeBy } from '../../state/types.ts';
import { useColourChoices } from '../StylePanel/colourChoices.ts';
import { StyleButton } from '../StylePanel/StyleButton.tsx';
import { sizeChoices } from '../StylePanel/StylePanel.tsx';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import classes from './GraphView.module.css';
import { LayoutMenu } from './LayoutMenu.tsx';
import { SearchBox } from './SearchBox.tsx';
import type { ViewportControl } from './useViewport.ts';

interface GraphToolbarProps {
  readonly graph: Graph;
  readonly searchInput: RefObject<HTMLInputElement | null>;
  readonly viewport: ViewportControl;
  readonly onPick: (node: number) => void;
  readonly onLeaveSearch: () => void;
}

export function GraphToolbar({ graph, searchInput, viewport, onPick, onLeaveSearch }: GraphToolbarProps) {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Graph view">
      <SearchBox graph={graph} input={searchInput} onPick={onPick} onLeave={onLeaveSearch} />
      <ColourSelect graph={graph} />
      <SizeSelect graph={graph} />
      <LayoutMenu graph={graph} />
      <div className={classes.buttons}>
        <Tooltip label="Zoom out (−)">
          <ActionIcon aria-label="Zoom out" onClick={() => viewport.zoomBy(1 / 1.4)}>
            <IconMinus size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Zoom in (+)">
          <ActionIcon aria-label="Zoom in" onClick={() => viewport.zoomBy(1.4)}>
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Fit the graph (F)">
          <ActionIcon aria-label="Fit graph" onClick={viewport.fit}>
            <IconFocusCentered size={16} />
          </ActionIcon>
        </Tooltip>
        <StyleButton graph={graph} />
      </div>
    </div>
  );
}

function ColourSelect({ graph }: { readonly graph: Graph }) {
  const commands = useCommands();
  const colourBy = useStore((state) => state.view.colourBy);
  const data = useColourChoices(graph);
  return (
    <Select
      className={classes.select}
      size="xs"
      aria-label="Colour by"
      allowDeselect={false}
      data={data}
      value={colourBy}
      leftSection={<span className={classes.prefix}>Colour</span>}
      leftSectionWidth={54}
      leftSectionPointerEvents="none"
      onChange={(value) => value !== null && commands.setColourBy(value as ColourBy)}
    />
  );
}

function SizeSelect({ graph }: { readonly graph: Graph }) {
  const commands = useCommands();
  const visible = useVisibleGraph() ?? graph;
  const data = useMemo(() => sizeChoices(visible), [visible]);
  const sizeBy = useStore((state) => state.view.sizeBy);
  return (
    <Select
      className={classes.sizeSelect}
      size="xs"
      aria-label="Size by"
      allowDeselect={false}
      data={data}
      value={sizeBy}
      leftSection={<span className={classes.prefix}>Size</span>}
      leftSectionWidth={40}
      leftSectionPointerEvents="none"
      onChange={(value) => value !== null && commands.setSizeBy(value as SizeBy)}
    />
  );
}
