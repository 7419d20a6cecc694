/** What is looked at: tabs, colours, selection; where nodes are is `layoutCommands.ts`. */
import { type Bitset, bitsetOf, createBitset, setBit } from '../../core/bitset.ts';
import { numNodes } from '../../core/graph.ts';
import type { CommandContext } from '../environment.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';
import { createLayoutCommands, type LayoutCommands } from './layoutCommands.ts';

type ViewCommands = Pick<Commands, 'setTab' | 'setSplitView' | 'select' | 'hover'> & LayoutCommands;

export function createViewCommands(context: CommandContext): ViewCommands {
  const { store } = context;
  return {
    ...createLayoutCommands(context),
    setTab: (tab) => patch(store, 'view', { tab }),
    setSplitView: (split) => patch(store, 'view', { split }),
    select(nodes, add = false) {
      const { loaded } = store.getState().data;
      if (loaded === null || nodes === null || nodes.length === 0) {
        patch(store, 'selection', { selected: null, focused: null });
        return;
      }
      const { selected } = store.getState().selection;
      const length = numNodes(loaded.graph);
      patch(store, 'selection', {
        selected: add && selected !== null ? extended(selected, nodes) : bitsetOf(length, nodes),
        focused: nodes[nodes.length - 1] ?? null,
      });
    },
    hover(node) {
      if (store.getState().selection.hovered !== node) patch(store, 'selection', { hovered: node });
    },
  };
}

function extended(selected: Bitset, nodes: Iterable<number>): Bitset {
  const next = createBitset(selected.length);
  next.bits.set(selected.bits);
  for (const node of nodes) setBit(next, node);
  return next;
}
