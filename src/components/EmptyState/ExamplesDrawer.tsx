/** The example cards again, while something is already open. */
import { Drawer } from '@mantine/core';
import { useCommands, useStore } from '../useStore.ts';
import { ExampleCards } from './ExampleCards.tsx';

export function ExamplesDrawer() {
  const commands = useCommands();
  const isOpen = useStore((state) => state.data.examplesOpen && state.data.loaded !== null);
  const close = () => commands.showExamples(false);
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      title="Examples"
      size={420}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ExampleCards onOpen={close} />
    </Drawer>
  );
}
