/**
 * Kernels compiled to WebAssembly SIMD, working in place on an imported memory: the TensorFlow.js heap. All take byte
 * addresses, end with the range [start, end) to work on, own no data and allocate nothing: any number of threads can run
 * one kernel on parts of a range.
 */
export { spmm } from './spmm';
export { dropout } from './dropout';
export { adamStep } from './adamStep';
export { weightGradient, sumBlocks } from './weightGradient';
export { gatherRows, scatterAddRows } from './gatherRows';
export { segmentSoftmax, segmentSoftmaxGradient } from './segmentSoftmax';
export { additiveAttention, additiveAttentionSums } from './additiveAttention';
export { maskedCrossEntropy, maskedCrossEntropyGradient } from './maskedCrossEntropy';
export { spmmHeads } from './spmmHeads';
export { sddmm } from './sddmm';
export { spmmMax, spmmMaxScatter } from './spmmMax';
export { packPanels, dense } from './dense';
export { columnSums } from './columnSums';
export { activationDropout, activationDropoutGradient } from './activationDropout';
export { momentumStep } from './momentumStep';
export { rowAdamStep } from './rowAdamStep';
export { rowAdagradStep } from './rowAdagradStep';
export {
  columnMoments,
  normaliseColumns,
  normaliseRows,
  normaliseParameterGradients,
  normaliseColumnsGradient,
  normaliseRowsGradient,
} from './normalise';
