/**
 * Gives the event loop a turn: a worker that awaits only microtasks never receives `stop`. A message to oneself is a
 * macrotask without setTimeout's 4 ms clamp.
 */
const channel = new MessageChannel();
// Node keeps a process alive for an open port; the engine must not, except while it waits.
const port = channel.port1 as MessagePort & { ref?: () => void; unref?: () => void };
const waiting: (() => void)[] = [];
port.onmessage = () => {
  waiting.shift()?.();
  if (waiting.length === 0) port.unref?.();
};
port.unref?.();

export function nextMacrotask(): Promise<void> {
  return new Promise<void>((resolve) => {
    waiting.push(resolve);
    port.ref?.();
    channel.port2.postMessage(null);
  });
}

/** Returns an awaitable that takes a macrotask only when the last one is more than `intervalMs` ago. */
export function createBreather(intervalMs = 8): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < intervalMs) return;
    await nextMacrotask();
    last = performance.now();
  };
}
