/** The layout worker's service: runs one layout at a time and streams positions. No algorithms here. */
import { serialiseError } from '../../core/errors.ts';
import { LAYOUTS } from '../../layouts/index.ts';
import type { LayoutRequest, LayoutService, LayoutStreamEvent } from '../protocol.ts';
import { nextMacrotask } from '../../core/macrotask.ts';

/** Positions are sent at most this often; steps in between are free. */
const FRAME_INTERVAL_MS = 50;

export function createLayoutService(): LayoutService {
  let generation = 0;
  return {
    catalogue: () => Promise.resolve(LAYOUTS.all.map(({ create: _create, ...summary }) => summary)),
    start(request, port) {
      const mine = ++generation;
      void stream(request, port, () => mine === generation);
      return Promise.resolve();
    },
    stop() {
      generation++;
      return Promise.resolve();
    },
  };
}

async function stream(request: LayoutRequest, port: MessagePort, isCurrent: () => boolean): Promise<void> {
  const send = (event: LayoutStreamEvent, transfer: Transferable[] = []): void =>
    port.postMessage(event, transfer);
  try {
    const layout = LAYOUTS.get(request.layoutId).create(request);
    let iteration = 0;
    let sentAt = -Infinity;
    while (iteration < request.maxIterations && isCurrent() && !layout.isConverged) {
      const moved = layout.step();
      iteration++;
      const now = performance.now();
      if (now - sentAt >= FRAME_INTERVAL_MS) {
        sentAt = now;
        const positions = layout.positions.slice();
        send({ kind: 'positions', iteration, positions, moved }, [positions.buffer]);
        await nextMacrotask();
      }
    }
    const positions = layout.positions.slice();
    send({ kind: 'finished', iteration, positions }, [positions.buffer]);
  } catch (error) {
    send({ kind: 'failed', error: serialiseError(error) });
  } finally {
    port.close();
  }
}
