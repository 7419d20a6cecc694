import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import { MODELS } from '../models/index.ts';
import { createRunControl } from './runControl.ts';
import { drawParameters, type SearchResult, searchParameters, type SearchTrial } from './search.ts';
import { blocks, config } from './testBlocks.ts';

async function search(
  overrides: Parameters<typeof config>[0],
  maxTrials: number,
  budgetMs = 60_000,
): Promise<SearchResult & { readonly told: readonly SearchTrial[] }> {
  const found = searchParameters(blocks(), config(overrides), {
    control: createRunControl(),
    backend: 'test',
    budgetMs,
    maxTrials,
  });
  const told: SearchTrial[] = [];
  for (;;) {
    const next = await found.next();
    if (next.done === true) return { ...next.value, told };
    told.push(next.value);
  }
}

describe('searchParameters', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  it('starts from the given parameters, tells every trial and returns the best', async () => {
    const { trials, told, start, best } = await search({ parameters: { epochs: 27, hidden: 4 } }, 8);
    expect(told).toEqual(trials);
    expect(start).toMatchObject({ index: 0, share: 1, failure: null });
    expect(start.parameters['hidden']).toBe(4);
    expect(best.score).toBe(Math.max(...trials.map(({ score }) => score)));
    // Most are cut short, so eight trials cost less than eight runs.
    expect(trials.filter(({ share }) => share < 1).length).toBeGreaterThan(0);
    for (const trial of trials) expect(trial.epochs).toBeLessThanOrEqual(Math.ceil(27 * trial.share));
  });

  it('does the same for the same seed', async () => {
    const scores = async () =>
      (await search({ parameters: { epochs: 9 } }, 5)).trials.map(({ score }) => score);
    expect(await scores()).toEqual(await scores());
  });

  it('ends with its time, after the starting point at the earliest', async () => {
    const { trials } = await search({ parameters: { epochs: 3 } }, 100, 0);
    expect(trials.length).toBe(1);
  });

  it('goes on after a draw that cannot be trained', async () => {
    const { trials, best } = await search({ parameters: { epochs: 9, learningRate: 1e-3 } }, 6);
    expect(best.failure).toBeNull();
    expect(trials.every(({ score, failure }) => failure === null || score === -Infinity)).toBe(true);
  });

  it.each([
    [{ model: 'majority', parameters: {} }, 'search-space'],
    [{ split: 'all' }, 'search-validation'],
  ])('refuses %j', async (overrides, code) => {
    await expect(search(overrides, 3)).rejects.toMatchObject({ name: 'ParameterError', code });
  });

  it('draws inside the declared ranges, each value reachable', () => {
    const space = MODELS.get('gcn').parameters.filter((spec) => spec.search !== undefined);
    const draws = Array.from({ length: 300 }, (_, trial) => drawParameters(space, 1, trial));
    for (const { dropout, learningRate } of draws) {
      expect(dropout).toBeGreaterThanOrEqual(0);
      expect(dropout).toBeLessThanOrEqual(0.8);
      expect(learningRate).toBeGreaterThanOrEqual(1e-3);
      expect(learningRate).toBeLessThanOrEqual(0.1);
    }
    expect(new Set(draws.map(({ hidden }) => hidden))).toEqual(new Set([16, 32, 64, 128, 256]));
    expect(new Set(draws.map(({ normalisation }) => normalisation)).size).toBe(3);
    expect(drawParameters(space, 1, 7)).toEqual(draws[7]);
    expect(drawParameters(space, 2, 7)).not.toEqual(draws[7]);
  });
});
