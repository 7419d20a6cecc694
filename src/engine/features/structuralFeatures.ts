/** Features that come from the edges alone: degree, random-walk encoding, Laplacian eigenvectors. */
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import { inDegrees } from '../../core/graphMetrics/degree.ts';
import { laplacianEigenvectors } from '../../core/graphMetrics/laplacianEigenvectors.ts';
import { randomWalkEncoding } from '../../core/graphMetrics/randomWalkEncoding.ts';
import type { FeatureOptions } from './featureOptions.ts';
import type { DenseRows, FeatureContext } from './featureTypes.ts';
import type { FittedStructural } from './fittedFeatures.ts';
import { meanAndDeviation } from './moments.ts';

export type StructuralRequest = Pick<
  FittedStructural,
  'degree' | 'randomWalkSteps' | 'laplacianVectors' | 'seed'
>;

/** Raw structural values of one graph; computing them is the costly part, so fit and apply share them. */
export interface StructuralValues {
  readonly width: number;
  /** [N · width] row-major */
  readonly values: Float32Array;
  readonly names: readonly string[];
}

/** Returns what the options ask for, or null when that is nothing. */
export function structuralRequest(options: FeatureOptions): StructuralRequest | null {
  const { degree, randomWalkSteps, laplacianVectors } = options.structural;
  if (!degree && randomWalkSteps === 0 && laplacianVectors === 0) return null;
  return { degree, randomWalkSteps, laplacianVectors, seed: options.seed };
}

/**
 * Returns the values before scaling: log(1 + in-degree), return chances, and eigenvectors times √n of their component
 * (so that their size does not depend on that of the graph).
 * @throws {LimitError} the graph is too large for the random walks or eigenvectors asked for
 */
export function structuralValues(request: StructuralRequest, context: FeatureContext): StructuralValues {
  const graph = context.messageGraph;
  if (graph === undefined) throw new Error('structural features need a message graph');
  const { degree, randomWalkSteps: steps, laplacianVectors: count, seed } = request;
  const width = (degree ? 1 : 0) + steps + count;
  const values = new Float32Array(graph.numNodes * width);
  const names: string[] = [];
  let at = 0;
  const place = (columns: ArrayLike<number>, size: number, name: string): void => {
    for (let row = 0; row < graph.numNodes; row++)
      for (let c = 0; c < size; c++) values[row * width + at + c] = columns[row * size + c] as number;
    at += size;
    names.push(name);
  };
  if (degree) place(Float32Array.from(inDegrees(graph), Math.log1p), 1, 'degree');
  if (steps > 0) {
    const walks = randomWalkEncoding(graph, { steps, seed });
    const how = walks.walks === 0 ? '' : `, estimated from ${walks.walks} walks a node`;
    place(walks.values, steps, `random-walk encoding (${steps} numbers${how})`);
  }
  if (count > 0) {
    const found = laplacianEigenvectors(graph, { count, seed });
    const size = (row: number): number => found.sizes[found.component[row] as number] as number;
    const scaled = found.vectors.map((value, k) => value * Math.sqrt(size(Math.floor(k / count))));
    const how = found.residual <= 1e-6 ? '' : `, accurate to ${found.residual.toExponential(0)}`;
    place(scaled, count, `Laplacian eigenvectors (${count} numbers${how})`);
  }
  return { width, values, names };
}

/** Fits mean and standard deviation of each column on training nodes; on all nodes when there are none. */
export function fitStructural(
  request: StructuralRequest,
  { width, values }: StructuralValues,
  train: Bitset,
  at: number,
): FittedStructural {
  const members = bitsetIndices(train);
  const rows =
    members.length > 0 ? members : Int32Array.from({ length: values.length / width }, (_, row) => row);
  const fitted = Array.from({ length: width }, (_, c) =>
    meanAndDeviation(Array.from(rows, (row) => values[row * width + c] as number)),
  );
  return {
    ...request,
    at,
    width,
    centre: fitted.map(({ centre }) => centre),
    spread: fitted.map(({ spread }) => spread),
  };
}

export function structuralRows(fitted: FittedStructural, { values }: StructuralValues): DenseRows {
  const { width, centre, spread } = fitted;
  return {
    width,
    write(row, out, base) {
      for (let c = 0; c < width; c++)
        out[base + c] = ((values[row * width + c] as number) - (centre[c] as number)) / (spread[c] as number);
    },
  };
}
