/**
 * Gives the event loop a turn: a worker that awaits only microtasks never receives `stop`. In browsers a message to
 * oneself is a macrotask without setTimeout's 4 ms clamp; Node handles many such messages in one turn, so that timers
 * starve, and has setImmediate instead.
 */
type Schedule = (callback: () => void) => void;

const schedule: Schedule =
  (globalThis as { setImmediate?: Schedule }).setImmediate ?? createMessageSchedule();

function createMessageSchedule(): Schedule {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (callback) => {
    waiting.push(callback);
    port2.postMessage(null);
  };
}

export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => {
    schedule(resolve);
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
