import { describe, expect, it } from 'vitest';
import { SHAPE } from './shapes.ts';
import { rgbaOf } from './palette.ts';
import { DIMMED_ALPHA, type PixelImage, stampPoints } from './stampPoints.ts';

const BLUE = rgbaOf('#0072b2');
const style = { dpr: 1, isDark: false, background: rgbaOf('#ffffff'), radiusScale: 1 };
const view = { x: 0, y: 0, zoom: 1 };

function blank(width = 20, height = 20): PixelImage {
  return { words: new Uint32Array(width * height), width, height };
}

function cloudAt(x: number, y: number, shape: number, radius = 5, emphasis: number[] | null = null) {
  return {
    points: Float32Array.of(x, y),
    rgba: Uint32Array.of(BLUE),
    shape: Uint8Array.of(shape),
    radius: Float32Array.of(radius),
    emphasis: emphasis === null ? null : Uint8Array.from(emphasis),
  };
}

const alphaSum = (image: PixelImage): number =>
  image.words.reduce((sum, word) => sum + (word >>> 24) / 255, 0);
const pixel = (image: PixelImage, x: number, y: number): number => image.words[y * image.width + x] as number;

describe('stampPoints', () => {
  it.each([
    ['circle', SHAPE.circle],
    ['square', SHAPE.square],
    ['diamond', SHAPE.diamond],
  ])('covers the area of a %s with half its outline', (_, shape) => {
    const image = blank();
    stampPoints(image, cloudAt(10, 10, shape, 5), view, style);
    expect(pixel(image, 10, 10)).toBe(BLUE);
    // π·5² is 78.5; the outline adds half a pixel all around: 78.5 + about 16.5.
    expect(alphaSum(image)).toBeGreaterThan(90);
    expect(alphaSum(image)).toBeLessThan(102);
  });

  it('fills hollow marks with the background', () => {
    const image = blank();
    stampPoints(image, cloudAt(10, 10, SHAPE.hollow), view, style);
    expect(pixel(image, 10, 10)).toBe(0xffffffff);
    expect(pixel(image, 15, 10)).toBe(BLUE);
  });

  it('dims to 15 % and paints the others over the dimmed', () => {
    const image = blank();
    stampPoints(image, cloudAt(10, 10, SHAPE.circle, 5, [0]), view, style);
    expect(pixel(image, 10, 10) >>> 24).toBe(Math.round(255 * DIMMED_ALPHA));
    const both = blank();
    const twice = {
      points: Float32Array.of(10, 10, 10, 10),
      rgba: Uint32Array.of(BLUE, rgbaOf('#d55e00')),
      shape: new Uint8Array(2),
      radius: Float32Array.of(5, 5),
      emphasis: Uint8Array.of(1, 0),
    };
    stampPoints(both, twice, view, style);
    expect(pixel(both, 10, 10)).toBe(BLUE);
  });

  it('blends rims over what is below without darkening it', () => {
    const image = blank();
    stampPoints(image, cloudAt(10, 10, SHAPE.hollow), view, style);
    stampPoints(image, cloudAt(13.3, 10, SHAPE.hollow), view, style);
    for (const word of image.words) expect(word >>> 24 === 0 || (word & 0xff) <= 255).toBe(true);
    expect(pixel(image, 13, 10)).toBe(0xffffffff);
  });

  it('cuts marks at the image border and skips those outside or without a place', () => {
    const image = blank();
    stampPoints(image, cloudAt(0, 0, SHAPE.circle), view, style);
    expect(pixel(image, 0, 0)).toBe(BLUE);
    const empty = blank();
    stampPoints(empty, cloudAt(-50, 5, SHAPE.circle), view, style);
    stampPoints(empty, cloudAt(NaN, 5, SHAPE.circle), view, style);
    expect(alphaSum(empty)).toBe(0);
  });

  it('follows pan, zoom and pixel ratio', () => {
    const image = blank(40, 40);
    stampPoints(image, cloudAt(3, 4, SHAPE.circle, 2), { x: 4, y: 2, zoom: 2 }, { ...style, dpr: 2 });
    expect(pixel(image, 20, 20)).toBe(BLUE);
  });
});
