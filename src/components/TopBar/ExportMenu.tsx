/** Everything that can leave the tab as a file. Entries come from the io catalogue; the image from the graph view. */
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { WorkbenchState } from '../../state/types.ts';
import type { ExporterEntry } from '../../workers/protocol.ts';
import { useCommands, useStore } from '../useStore.ts';
import { useImageExport } from './useImageExport.ts';

type Need = ExporterEntry['needs'];
const NOT_YET: Record<Need, string> = {
  graph: 'Open a graph first',
  selection: 'Select nodes first',
  result: 'After training',
  embedding: 'After training a model with an embedding',
};

function isMet(state: WorkbenchState, need: Need): boolean {
  if (need === 'graph') return state.data.loaded !== null;
  if (need === 'selection') return state.selection.selected !== null;
  const { result } = state.run;
  return need === 'result' ? result !== null : result !== null && result.embedding !== null;
}

/** Pixels of a PNG per pixel on screen. */
const SCALES = [1, 2, 4] as const;

export function ExportMenu({ isCompact = false }: { readonly isCompact?: boolean }) {
  const commands = useCommands();
  const exporters = useStore((state) => state.catalogue.io?.exporters);
  const canGraph = useStore((state) => isMet(state, 'graph'));
  const canSelection = useStore((state) => isMet(state, 'selection'));
  const canResult = useStore((state) => isMet(state, 'result'));
  const canEmbedding = useStore((state) => isMet(state, 'embedding'));
  const exportImage = useImageExport();
  const [scale, setScale] = useState(2);
  const met: Record<Need, boolean> = {
    graph: canGraph,
    selection: canSelection,
    result: canResult,
    embedding: canEmbedding,
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={!canGraph}
          {...(isCompact ? {} : { leftSection: <IconDownload size={14} aria-hidden /> })}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(exporters ?? []).map((exporter) => (
          <Menu.Item
            key={exporter.id}
            disabled={!met[exporter.needs]}
            {...(met[exporter.needs] ? {} : { title: NOT_YET[exporter.needs] })}
            onClick={() => void commands.exportFile(exporter.id)}
          >
            {exporter.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void exportImage({ format: 'png', scale })}>Image (PNG)</Menu.Item>
        <Menu.Item onClick={() => void exportImage({ format: 'svg' })}>Image (SVG)</Menu.Item>
        <Menu.RadioGroup
          value={String(scale)}
          onChange={(value) => setScale(Number(value))}
          aria-label="Size of the PNG"
        >
          {SCALES.map((choice) => (
            <Menu.RadioItem key={choice} value={String(choice)} closeMenuOnClick={false}>
              {`PNG at ${choice}×`}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
