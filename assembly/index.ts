/**
 * Kernels compiled to WebAssembly SIMD, working in place on an imported memory: the TensorFlow.js heap. All take byte
 * addresses, end with the range [start, end) to work on, own no data and allocate nothing: any number of threads can run
 * one kernel on parts of a range.
 */
export { spmm } from './spmm';
export { dropout } from './dropout';
export { adamStep } from './adamStep';
export { weightGradient } from './weightGradient';
