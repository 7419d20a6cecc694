import { describe, expect, it } from 'vitest';
import {
  classColours,
  cssOf,
  mixRgba,
  outlineOf,
  rampAt,
  rampColour,
  RAMPS,
  REST_CSS,
  rgbaOf,
} from './palette.ts';

type Vector = readonly [number, number, number];

/** Full-strength deficiencies in linear RGB: Machado, Oliveira & Fernandes 2009, table 1. */
const VISION: Readonly<Record<string, readonly Vector[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linearRgb(css: string): Vector {
  const channel = (at: number): number => {
    const value = Number.parseInt(css.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function lab(css: string, vision: readonly Vector[]): Vector {
  const seen = linearRgb(css);
  const rgb = vision.map((row) =>
    Math.min(1, Math.max(0, row[0] * seen[0] + row[1] * seen[1] + row[2] * seen[2])),
  );
  const [r = 0, g = 0, b = 0] = rgb;
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function smallestDifference(colours: readonly string[], vision: readonly Vector[]): number {
  let smallest = Infinity;
  colours.forEach((a, i) => {
    for (const b of colours.slice(i + 1)) {
      const [p, q] = [lab(a, vision), lab(b, vision)];
      smallest = Math.min(smallest, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    }
  });
  return smallest;
}

function luminance(css: string): number {
  const [r, g, b] = linearRgb(css);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe('classColours', () => {
  it('gives each of up to ten classes a colour of its own', () => {
    for (let numClasses = 1; numClasses <= 10; numClasses++) {
      const colours = classColours(numClasses, new Int32Array(numClasses));
      expect(new Set(colours).size).toBe(numClasses);
      expect(colours).not.toContain(REST_CSS);
    }
  });

  it('keeps colours for the nine largest of many classes, ties to the earlier one', () => {
    const counts = [5, 9, 1, 8, 7, 6, 5, 4, 3, 3, 1, 3];
    const colours = classColours(12, counts);
    const grey = colours.flatMap((colour, code) => (colour === REST_CSS ? [code] : []));
    expect(grey).toEqual([2, 10, 11]);
    expect(new Set(colours).size).toBe(10);
  });

  it.each(Object.keys(VISION))('stays distinct under %s', (name) => {
    const vision = VISION[name] as readonly Vector[];
    expect(smallestDifference(classColours(7, []), vision)).toBeGreaterThan(16);
    expect(smallestDifference([...classColours(10, []), REST_CSS], vision)).toBeGreaterThan(22);
  });
});

describe('outlineOf', () => {
  it.each([
    ['light', false, '#fbfbfa'],
    ['dark', true, '#17181b'],
  ] as const)('stands out from the %s canvas at 3 : 1, or the fill does', (_, isDark, canvas) => {
    for (const css of [...classColours(7, []), ...classColours(10, []), REST_CSS]) {
      const best = Math.max(contrast(cssOf(outlineOf(rgbaOf(css), isDark)), canvas), contrast(css, canvas));
      expect([css, best >= 3]).toEqual([css, true]);
    }
  });
});

describe('packed colours', () => {
  it('round-trips CSS and keeps red in the lowest byte', () => {
    expect(rgbaOf('#123456')).toBe(0xff563412);
    expect(cssOf(rgbaOf('#0a7fe0'))).toBe('#0a7fe0');
  });

  it('mixes channel by channel', () => {
    expect(cssOf(mixRgba(rgbaOf('#000000'), rgbaOf('#ff8040'), 0.5))).toBe('#804020');
  });

  it('runs the ramp from dark violet to yellow and clamps', () => {
    expect(cssOf(rampColour(-1))).toBe('#440154');
    expect(cssOf(rampColour(2))).toBe('#fde725');
  });
});

describe('ramps', () => {
  /** Matplotlib 3.10's own values halfway between the anchors kept here. */
  const REFERENCE = {
    viridis: ['#48186a', '#424086', '#33638d', '#26828e', '#1fa088', '#3fbc73', '#84d44b', '#d8e219'],
    cividis: [
      '#00285b',
      '#053371',
      '#273e6e',
      '#3b496c',
      '#4b546c',
      '#5a5f6e',
      '#686a71',
      '#767676',
      '#848279',
      '#938e78',
      '#a39a74',
      '#b4a76f',
      '#c4b468',
      '#d5c25e',
      '#e7d150',
      '#f9e03a',
    ],
  } as const;

  it.each(['viridis', 'cividis'] as const)('%s is matplotlib’s between the anchors too', (name) => {
    REFERENCE[name].forEach((css, at) => {
      const [a, b] = [
        lab(css, VISION['normal'] ?? []),
        lab(cssOf(rampAt(RAMPS[name], (2 * at + 1) / (2 * REFERENCE[name].length))), VISION['normal'] ?? []),
      ];
      // A difference of 5 in CIE76 is hardly seen side by side.
      expect([at, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 5]).toEqual([at, true]);
    });
  });

  it.each(Object.keys(VISION))('grow lighter all the way, or to and from the midpoint, under %s', (name) => {
    const vision = VISION[name] ?? [];
    const lightness = (ramp: keyof typeof RAMPS) => RAMPS[ramp].css.map((css) => lab(css, vision)[0]);
    const isRising = (values: readonly number[]) =>
      values.every((v, at) => at === 0 || v > (values[at - 1] ?? 0));
    expect(isRising(lightness('viridis'))).toBe(true);
    expect(isRising(lightness('cividis'))).toBe(true);
    const [low, high] = [lightness('diverging').slice(0, 4), lightness('diverging').slice(3).toReversed()];
    expect([isRising(low), isRising(high)]).toEqual([true, true]);
    const [blue, , , , , , orange] = RAMPS.diverging.css;
    expect(smallestDifference([blue as string, orange as string], vision)).toBeGreaterThan(30);
  });

  it('clamp outside [0, 1]', () => {
    expect(cssOf(rampAt(RAMPS.cividis, -3))).toBe('#00224e');
    expect(cssOf(rampAt(RAMPS.cividis, 3))).toBe('#fee838');
    expect(cssOf(rampAt(RAMPS.diverging, 0))).toBe('#08519c');
  });
});
