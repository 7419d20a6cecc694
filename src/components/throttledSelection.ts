/**
 * A part of the state republished at a bounded rate, for `useSyncExternalStore`. The first change after a quiet spell
 * shows at once; later ones wait for their turn and the last one always shows.
 */

interface Source<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

export interface ThrottledSelection<T> {
  read(): T;
  subscribe(listener: () => void): () => void;
}

/** @param select  cheap, and returning equal values for an unchanged part */
export function throttledSelection<S, T>(
  source: Source<S>,
  select: (state: S) => T,
  intervalMs: number,
): ThrottledSelection<T> {
  let shown = select(source.getState());
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    read: () => shown,
    subscribe(listener) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        timer = undefined;
        const latest = select(source.getState());
        if (Object.is(latest, shown)) return;
        shown = latest;
        shownAt = performance.now();
        listener();
      };
      const onChange = (): void => {
        if (timer !== undefined || Object.is(select(source.getState()), shown)) return;
        const waitMs = shownAt + intervalMs - performance.now();
        if (waitMs <= 0) show();
        else timer = setTimeout(show, waitMs);
      };
      // The state may have moved on between reading and subscribing.
      onChange();
      const unsubscribe = source.subscribe(onChange);
      return () => {
        unsubscribe();
        clearTimeout(timer);
      };
    },
  };
}
