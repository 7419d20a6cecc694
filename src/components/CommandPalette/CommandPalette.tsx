/** Every action by name (Ctrl K), with its key. Loaded when first asked for. */
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useEffect } from 'react';
import { useOverlay } from '../useOverlay.ts';
import { usePaletteCommands } from './usePaletteCommands.ts';

const [paletteStore, palette] = createSpotlight();

export default function CommandPalette() {
  const overlay = useOverlay();
  const commands = usePaletteCommands();
  const isOpen = overlay.open === 'commands';
  useEffect(() => {
    if (isOpen) palette.open();
    else palette.close();
  }, [isOpen]);
  const actions: SpotlightActionData[] = commands.map((command) => ({
    id: command.id,
    label: command.name,
    ...(command.key === undefined ? {} : { rightSection: <Kbd size="xs">{command.key}</Kbd> }),
    onClick: () => {
      // The command may open another overlay: this one goes first.
      overlay.show(null);
      command.run();
    },
  }));
  return (
    <Spotlight
      store={paletteStore}
      actions={actions}
      shortcut={null}
      nothingFound="No such command"
      searchProps={{ placeholder: 'Search commands', 'aria-label': 'Search commands' }}
      onSpotlightClose={() => overlay.open === 'commands' && overlay.show(null)}
      scrollable
      maxHeight={420}
    />
  );
}
