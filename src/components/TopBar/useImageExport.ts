/** Saves what the graph view shows as a picture named after the data set; a failure becomes a notice. */
import { serialiseError } from '../../core/errors.ts';
import { fileStem } from '../../state/fileStem.ts';
import type { ImageRequest } from '../GraphView/imageCapture.ts';
import { useCommands, useStoreApi } from '../useStore.ts';

export function useImageExport(): (request: ImageRequest) => Promise<void> {
  const commands = useCommands();
  const store = useStoreApi();
  return async (request) => {
    try {
      const { captureGraphImage } = await import('../GraphView/imageCapture.ts');
      const title = store.getState().data.loaded?.title ?? 'graph';
      commands.saveFile(`${fileStem(title)}.${request.format}`, await captureGraphImage(request));
    } catch (thrown) {
      const { message, remedy, stack } = serialiseError(thrown);
      commands.notify({ severity: 'error', message, remedy, details: stack ?? '' });
    }
  };
}
