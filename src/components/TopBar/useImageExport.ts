/** Saves what the graph view shows as a PNG named after the data set; a failure becomes a notice. */
import { serialiseError } from '../../core/errors.ts';
import { useCommands, useStoreApi } from '../useStore.ts';

export function useImageExport(): () => Promise<void> {
  const commands = useCommands();
  const store = useStoreApi();
  return async () => {
    try {
      const { captureGraphImage } = await import('../GraphView/imageCapture.ts');
      const title = store.getState().data.loaded?.title ?? 'graph';
      commands.saveFile(`${fileStem(title)}.png`, await captureGraphImage());
    } catch (thrown) {
      const { message, remedy, stack } = serialiseError(thrown);
      commands.notify({ severity: 'error', message, remedy, details: stack ?? '' });
    }
  };
}

/** 'Les Misérables (1862)' → 'les-misérables-1862'. */
export function fileStem(title: string): string {
  const stem = title
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return stem === '' ? 'graph' : stem;
}
