import { describe, expect, it } from 'vitest';
import type { SerialisedError } from '../core/errors.ts';
import type { WorkbenchState } from '../state/types.ts';
import { diagnosticsText } from './diagnostics.ts';

const error: SerialisedError = {
  name: 'WorkbenchError',
  code: 'internal',
  message: 'Internal error: x is undefined',
  remedy: '',
  details: {},
};
const state = {
  data: { loaded: { title: 'Secret patients', graph: { nodeIds: { length: 3 }, source: { length: 2 } } } },
  compute: { status: 'ready', requested: 'auto', choice: { label: 'WASM · SIMD' } },
  run: { status: { kind: 'running' } },
  setup: { task: 'node-classification', model: 'gcn' },
  view: { tab: 'graph', split: true },
} as unknown as WorkbenchState;

describe('diagnosticsText', () => {
  it('tells the error and the state in counts, and nothing of the data', () => {
    expect(diagnosticsText(error, '\n  at Table', state, 'Browser 1')).toBe(
      [
        'WorkbenchError (internal): Internal error: x is undefined',
        'at Table',
        'browser: Browser 1',
        'graph: 3 nodes, 2 edges',
        'compute: ready, WASM · SIMD',
        'run: running, task node-classification, model gcn',
        'view: graph, split',
      ].join('\n'),
    );
  });
});
