import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeMarks } from '../palette/nodeMarks.ts';
import { cssOf, rgbaOf } from '../palette/palette.ts';
import { type ColourFade, createColourFade, FADE_MS, RING_MS } from './colourFade.ts';

const NUM_NODES = 100;
const nodes = Int32Array.from({ length: NUM_NODES }, (_, node) => node);

function marks(css: string, changed: readonly number[] = [], changedCss = css): NodeMarks {
  const rgba = new Uint32Array(NUM_NODES).fill(rgbaOf(css));
  for (const node of changed) rgba[node] = rgbaOf(changedCss);
  return { rgba, shape: new Uint8Array(NUM_NODES) };
}

const first = (fade: ColourFade): string => cssOf(fade.rgba[0] as number);

describe('createColourFade', () => {
  let fade: ColourFade;
  beforeEach(() => {
    fade = createColourFade();
    fade.reset(NUM_NODES);
    fade.to(marks('#000000'), nodes, true, 0);
  });

  it('shows the first colours at once', () => {
    expect(first(fade)).toBe('#000000');
    expect(fade.advance(0)).toBe(false);
  });

  it('fades to the next ones and arrives exactly', () => {
    fade.to(marks('#ffffff'), nodes, true, 1000);
    expect(fade.advance(1000 + FADE_MS / 2)).toBe(true);
    expect(first(fade)).toBe('#808080');
    expect(fade.advance(1000 + FADE_MS)).toBe(false);
    expect(first(fade)).toBe('#ffffff');
  });

  it('goes on from where a fade was when the next one starts', () => {
    fade.to(marks('#ffffff'), nodes, true, 0);
    fade.advance(FADE_MS / 2);
    fade.to(marks('#000000'), nodes, true, FADE_MS / 2);
    expect(fade.advance(FADE_MS / 2)).toBe(true);
    expect(first(fade)).toBe('#808080');
  });

  it('rings a few changed predictions briefly, and none when most change', () => {
    fade.to(marks('#000000', [3, 5], '#ff0000'), nodes, true, 0);
    expect(fade.rings(RING_MS / 2)).toEqual([
      { slot: 3, age: 0.5 },
      { slot: 5, age: 0.5 },
    ]);
    expect(fade.rings(RING_MS)).toEqual([]);
    fade.to(marks('#00ff00'), nodes, true, 1000);
    expect(fade.rings(1000)).toEqual([]);
  });

  it('rings nothing when the colours mean something else now', () => {
    fade.to(marks('#000000', [3], '#ff0000'), nodes, false, 0);
    expect(fade.rings(1)).toEqual([]);
  });

  it('moves nothing with reduced motion', () => {
    fade.setReducedMotion(true);
    fade.to(marks('#ffffff', [3], '#ff0000'), nodes, true, 0);
    expect([first(fade), fade.advance(0), fade.rings(0)]).toEqual(['#ffffff', false, []]);
  });
});
