import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { throttledSelection } from './throttledSelection.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const store = createStore(() => ({ epoch: 0, hovered: 0 }));
  const selection = throttledSelection(store, (state) => state.epoch, 1000);
  const seen: number[] = [];
  const unsubscribe = selection.subscribe(() => seen.push(selection.read()));
  return { store, selection, seen, unsubscribe };
}

describe('throttledSelection', () => {
  it('shows the first change at once, then at most one per interval, and always the last', () => {
    const { store, seen } = setUp();
    for (let epoch = 1; epoch <= 25; epoch++) {
      store.setState({ epoch });
      vi.advanceTimersByTime(100);
    }
    expect(seen).toEqual([1, 10, 20]);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([1, 10, 20, 25]);
  });

  it('does not spend its turn on changes elsewhere in the state', () => {
    const { store, seen } = setUp();
    store.setState({ hovered: 1 });
    store.setState({ epoch: 1 });
    expect(seen).toEqual([1]);
  });

  it('stays silent when the value is back before its turn, and after unsubscribing', () => {
    const { store, seen, unsubscribe } = setUp();
    store.setState({ epoch: 1 });
    store.setState({ epoch: 2 });
    store.setState({ epoch: 1 });
    vi.advanceTimersByTime(2000);
    expect(seen).toEqual([1]);
    unsubscribe();
    store.setState({ epoch: 3 });
    vi.advanceTimersByTime(2000);
    expect(seen).toEqual([1]);
  });
});
