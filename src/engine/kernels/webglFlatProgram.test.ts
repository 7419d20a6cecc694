import { describe, expect, it } from 'vitest';
import { BackendError } from '../../core/errors.ts';
import { assertFloat32 } from './webglFlatProgram.ts';

describe('assertFloat32', () => {
  it('accepts WebGL 2 with 32-bit textures', () => {
    expect(() => assertFloat32(2, true)).not.toThrow();
  });

  it.each([
    [1, true, 'WebGL 2'],
    [2, false, '32-bit float textures'],
  ])('refuses WebGL %i with float32 rendering %s', (webglVersion, rendersFloat32, lacking) => {
    expect(() => assertFloat32(webglVersion, rendersFloat32)).toThrow(
      new BackendError(`This graphics driver has no ${lacking}, so graph kernels would lose precision.`, {
        code: 'webgl-float32',
        remedy: 'Use WASM or WebGPU.',
        details: { webglVersion, rendersFloat32 },
      }),
    );
  });
});
