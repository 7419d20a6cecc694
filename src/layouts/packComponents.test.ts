/** Packed circles do not overlap and stay together. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packComponents } from './packComponents.ts';

it('places circles of any radii without overlap, the first in the middle', () => {
  const radii = fc.array(fc.double({ min: 0.5, max: 50, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(radii, (given) => {
      const radius = Float64Array.from(given).sort().reverse();
      const x = new Float64Array(radius.length).fill(NaN);
      const y = new Float64Array(radius.length).fill(NaN);
      packComponents(radius, x, y);
      expect([x[0], y[0]]).toEqual([0, 0]);
      for (let a = 0; a < radius.length; a++) {
        for (let b = 0; b < a; b++) {
          const gap = Math.hypot((x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number));
          expect(gap).toBeGreaterThanOrEqual((radius[a] as number) + (radius[b] as number) - 1e-9);
        }
      }
    }),
  );
});

it('puts six equal circles around one', () => {
  const radius = new Float64Array(8).fill(1);
  const x = new Float64Array(8);
  const y = new Float64Array(8);
  packComponents(radius, x, y);
  const distances = Array.from(x, (value, at) => Math.hypot(value, y[at] as number).toFixed(2));
  expect(distances).toEqual(['0.00', '2.30', '2.30', '2.30', '2.30', '2.30', '2.30', '4.60']);
});
