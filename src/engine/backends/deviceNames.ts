/** What the names of GPU adapters and renderers say: which device it is, and whether it is emulated on the CPU. */

/** Whether an adapter's or renderer's name is a known software one. */
export function isSoftwareName(name: string): boolean {
  return /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render|warp/i.test(name);
}

/** 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3070 Direct3D11 vs_5_0 ps_5_0, D3D11)' → 'NVIDIA GeForce RTX 3070'. */
export function rendererTitle(renderer: string): string {
  const device = /^ANGLE \([^,]*, (.+), [^,]*\)$/.exec(renderer)?.[1] ?? renderer;
  return device
    .replace(/ Direct3D\d.*$/, '')
    .replace(/^ANGLE Metal Renderer: /, '')
    .replace(/^Vulkan [\d.]+ \((.+?)(?: \(0x[\dA-Fa-f]+\))?\)$/, '$1');
}
