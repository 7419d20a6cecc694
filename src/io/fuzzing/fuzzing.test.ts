/** A short, seeded round of what `npm run fuzz` does at length: damaged files are read or refused with a sentence. */
import { describe, expect, it } from 'vitest';
import { fixtureSeeds, fuzzOnce } from './fuzzImport.ts';
import { mutateBytes } from './mutateBytes.ts';

const seeds = fixtureSeeds();

describe('mutateBytes', () => {
  const bytes = new TextEncoder().encode('source,target\na,b\n');

  it('damages the same way for the same seed, and leaves the file as it was', () => {
    const before = bytes.slice();
    expect(mutateBytes(bytes, 5, [bytes])).toEqual(mutateBytes(bytes, 5, [bytes]));
    expect(bytes).toEqual(before);
  });

  it('damages in many ways', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, seed) => String(mutateBytes(bytes, seed, [bytes]))));
    expect(seen.size).toBeGreaterThan(150);
  });

  it('bears empty files', () => {
    for (let seed = 0; seed < 50; seed++) mutateBytes(new Uint8Array(0), seed, [new Uint8Array(0)]);
  });
});

describe('damaged files', () => {
  const results = new Set<string>();

  it.each(seeds.map(({ what }, at) => [what, at] as const))('%s', async (_, at) => {
    for (let round = 0; round < 12; round++) {
      results.add((await fuzzOnce(seeds, at + round * seeds.length)).result);
    }
  });

  it('are read or refused for many reasons: damage that nothing notices would be none', () => {
    expect(results).toContain('read');
    expect(results.size).toBeGreaterThan(30);
  });
});
