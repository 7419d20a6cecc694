/** A node's own part of a message-passing layer, computed for the nodes that receive only. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type GraphTensors, isFeatures, type LayerInput } from '../graphInput.ts';

/**
 * Returns the rows of the receivers of map(x) [receivers, O]. Hidden layers are cut before the map, so that senders that
 * receive nothing cost nothing; features cannot be cut.
 */
export function mapReceivers(
  map: (x: LayerInput) => Tensor2D,
  graph: Pick<GraphTensors, 'receivers'>,
  x: LayerInput,
): Tensor2D {
  return isFeatures(x) ? graph.receivers(map(x)) : map(graph.receivers(x));
}
