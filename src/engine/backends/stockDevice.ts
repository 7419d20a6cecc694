/**
 * Makes a TensorFlow.js backend by its own factory, outside tfjs's registry: tfjs would swallow the reason of a failure
 * and could start each backend only once.
 */
import { findBackendFactory, type KernelBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../runTypes.ts';
import { startFailure } from './backendStart.ts';

const factories = new Map<BackendName, () => KernelBackend | Promise<KernelBackend>>();

/** @throws {BackendError} the package did not offer the backend here, or its factory failed */
export async function stockDevice(name: BackendName): Promise<KernelBackend> {
  const factory = factories.get(name) ?? findBackendFactory(name);
  if (!factory) throw startFailure(name, 'it is not offered here.');
  factories.set(name, factory);
  return factory();
}
