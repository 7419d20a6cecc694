/** Plain-loop oracle of counter-based dropout; products are float32 × float32, as on every device. */
import { drawUint32 } from '../../../core/random.ts';

export function dropoutReference(
  x: ArrayLike<number>,
  key: number,
  threshold: number,
  scale: number,
): Float32Array {
  const factor = Math.fround(scale);
  return Float32Array.from({ length: x.length }, (_, element) =>
    drawUint32(key, element) < threshold ? 0 : Math.fround((x[element] as number) * factor),
  );
}
