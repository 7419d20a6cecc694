/**
 * Runs a GLSL program that addresses its inputs by flat index. tfjs' own samplers are bypassed: `texelFetch` is exact,
 * needs no gradients inside a data-dependent loop, and one shader serves all shapes. Needs WebGL 2 and 32-bit textures.
 */
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { env, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { BackendError } from '../../core/errors.ts';

type UniformType = NonNullable<GPGPUProgram['customUniforms']>[number]['type'];

export interface FlatProgram {
  /** Input tensors by the name that the shader uses. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputShape: readonly number[];
  /** GLSL ES 3.00 with `void main()`; reads by `read_<input>(int flatIndex)`, writes by `setOutput(float)`. */
  readonly code: string;
  /** Each a GLSL type and its components. */
  readonly uniforms?: Readonly<Record<string, readonly [UniformType, readonly number[]]>>;
}

/** Returns the GLSL reader of one input: its element at a row-major index, whatever the texture's shape. */
function readerOf(name: string): string {
  return `
    float read_${name}(int flatIndex) {
      int at = flatIndex + offset${name};
      int columns = ${name}TexShape[1];
      return texelFetch(${name}, ivec2(at % columns, at / columns), 0).r;
    }`;
}

/** The row-major index of the element that this invocation computes, for any rank. */
const OUTPUT_INDEX = `
    int outputIndex() {
      ivec2 texel = ivec2(resultUV.yx * vec2(outTexShape));
      return texel.x * outTexShape[1] + texel.y;
    }`;

/**
 * Returns the program's float32 output. No input may be of size 0, unless the output is.
 * @throws {BackendError} the context is WebGL 1, or renders to 16-bit textures only: indices would be wrong above 2,048
 */
export function runFlatProgram(program: FlatProgram, backend: MathBackendWebGL): TensorInfo {
  assertFloat32(env().getNumber('WEBGL_VERSION'), env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'));
  const outputShape = [...program.outputShape];
  if (util.sizeFromShape(outputShape) === 0)
    return backend.makeTensorInfo(outputShape, 'float32', new Float32Array(0));
  const names = Object.keys(program.inputs);
  const inputs = Object.values(program.inputs);
  // Small inputs would otherwise become uniforms, which have no texture to fetch from.
  for (const input of inputs) backend.uploadToGPU(input.dataId);
  const uniforms = Object.entries(program.uniforms ?? {});
  return backend.runWebGLProgram(
    {
      variableNames: names,
      outputShape,
      enableShapeUniforms: true,
      customUniforms: uniforms.map(([name, [type]]) => ({ name, type })),
      userCode: [...names.map(readerOf), OUTPUT_INDEX, program.code].join('\n'),
    },
    inputs,
    'float32',
    uniforms.map(([, [, components]]) => [...components]),
  );
}

/** @throws {BackendError} see runFlatProgram */
export function assertFloat32(webglVersion: number, rendersFloat32: boolean): void {
  if (webglVersion >= 2 && rendersFloat32) return;
  const lacking = webglVersion < 2 ? 'WebGL 2' : '32-bit float textures';
  throw new BackendError(`This graphics driver has no ${lacking}, so graph kernels would lose precision.`, {
    code: 'webgl-float32',
    remedy: 'Use WASM or WebGPU.',
    details: { webglVersion, rendersFloat32 },
  });
}
