/** Recognises GPU adapters that are emulated on the CPU. */

/** Whether an adapter's or renderer's name is a known software one. */
export function isSoftwareName(name: string): boolean {
  return /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render|warp/i.test(name);
}
