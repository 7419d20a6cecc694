import { describe, expect, it } from 'vitest';
import { fitEmbedding, followPoints, mixViewport, pointRadius } from './embeddingFit.ts';
import { createGlide, GLIDE_MS } from './glide.ts';

describe('createGlide', () => {
  it('appears at once, then glides and arrives exactly', () => {
    const glide = createGlide();
    glide.to(Float32Array.of(0, 0), 0, false);
    expect([...glide.points]).toEqual([0, 0]);
    glide.to(Float32Array.of(4, -8), 100, false);
    expect(glide.advance(100 + GLIDE_MS / 2)).toBe(0.5);
    expect([...glide.points]).toEqual([3, -6]);
    expect(glide.advance(100 + GLIDE_MS)).toBe(1);
    expect([...glide.points]).toEqual([4, -8]);
    expect(glide.advance(9999)).toBe(1);
  });

  it('jumps when asked to or when the number of points changes', () => {
    const glide = createGlide();
    glide.to(Float32Array.of(0, 0), 0, false);
    glide.to(Float32Array.of(1, 1), 0, true);
    expect([...glide.points]).toEqual([1, 1]);
    glide.to(Float32Array.of(2, 2, 3, 3), 0, false);
    expect([...glide.points]).toEqual([2, 2, 3, 3]);
  });

  it('does not keep the array it was given', () => {
    const glide = createGlide();
    const given = Float32Array.of(1, 1);
    glide.to(given, 0, true);
    given[0] = 99;
    expect([...glide.points]).toEqual([1, 1]);
  });
});

describe('followPoints', () => {
  const size = { width: 400, height: 400 };
  const square = (half: number): Float32Array => Float32Array.of(-half, -half, half, half);

  it('stays while the points fill the view, and follows when they leave it or shrink', () => {
    const current = fitEmbedding(square(1), size);
    expect(followPoints(square(0.95), current, size)).toBe(current);
    expect(followPoints(square(2), current, size)).toEqual(fitEmbedding(square(2), size));
    expect(followPoints(square(0.3), current, size)).toEqual(fitEmbedding(square(0.3), size));
  });

  it('moves the view as the points move', () => {
    const from = { x: 0, y: 0, zoom: 1 };
    expect(mixViewport(from, { x: 10, y: 20, zoom: 3 }, 0.5)).toEqual({ x: 5, y: 10, zoom: 2 });
  });

  it('draws many points small', () => {
    expect([pointRadius(3, size), pointRadius(200_000, size)]).toEqual([5, 1]);
  });
});
