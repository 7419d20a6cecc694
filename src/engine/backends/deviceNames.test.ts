import { describe, expect, it } from 'vitest';
import { isSoftwareName, rendererTitle } from './deviceNames.ts';

describe('rendererTitle', () => {
  it.each([
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3070 Direct3D11 vs_5_0 ps_5_0, D3D11)', 'NVIDIA GeForce RTX 3070'],
    ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', 'Apple M2'],
    [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      'SwiftShader Device (Subzero)',
    ],
    ['ANGLE (AMD, AMD Radeon RX 6600 (RADV NAVI23), OpenGL 4.6)', 'AMD Radeon RX 6600 (RADV NAVI23)'],
    ['Mali-G78', 'Mali-G78'],
  ])('shortens %s', (renderer, title) => {
    expect(rendererTitle(renderer)).toBe(title);
  });
});

describe('isSoftwareName', () => {
  it.each([
    'SwiftShader Device (Subzero)',
    'llvmpipe (LLVM 15.0.7, 256 bits)',
    'Microsoft Basic Render Driver',
  ])('recognises %s', (name) => {
    expect(isSoftwareName(name)).toBe(true);
  });

  it.each(['Apple M2', 'NVIDIA GeForce RTX 3070', 'Intel(R) UHD Graphics 620'])('passes %s', (name) => {
    expect(isSoftwareName(name)).toBe(false);
  });
});
