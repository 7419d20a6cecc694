/**
 * The contract of the projection worker: rows of a hidden layer or of columns become points of a plane, streamed on a
 * MessagePort of their own. Arrays in events are transferred.
 */
import type { EdgeBuilderChoice } from '../core/edgeBuilders/edgeBuilderTypes.ts';
import type { SerialisedError } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { ParameterSpec, ParameterValues } from '../core/parameters.ts';

/** The serialisable half of a projection's descriptor. */
export interface ProjectionMethod {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly ParameterSpec[];
}

export type ProjectionSource =
  /** [n · width] row-major; row r is the node `firstNode` + r. */
  | {
      readonly kind: 'rows';
      readonly values: Float32Array;
      readonly width: number;
      readonly firstNode: number;
    }
  /** One vector column, or number columns side by side; edges of the graph may be left out. */
  | {
      readonly kind: 'columns';
      readonly graph: Graph;
      readonly choice: Pick<EdgeBuilderChoice, 'nodeType' | 'columns'>;
    };

export interface ProjectionRequest {
  readonly methodId: string;
  /** What a person set; the rest takes its defaults. */
  readonly values: ParameterValues;
  readonly source: ProjectionSource;
}

export interface PreparedProjection {
  /** [n] global node of each point, ascending. */
  readonly nodes: Int32Array;
  /** [n · k] nearest points of each in the space it came from, −1 where there are fewer. */
  readonly neighbours: Int32Array;
  readonly k: number;
  /** '15 neighbours, min distance 0.1' */
  readonly settings: string;
}

export type ProjectionStreamEvent =
  | { readonly kind: 'searching'; readonly fraction: number }
  | ({ readonly kind: 'prepared' } & PreparedProjection)
  /** [2 n] coordinates, y upwards. */
  | { readonly kind: 'frame'; readonly coordinates: Float32Array; readonly fraction: number }
  | {
      readonly kind: 'finished';
      readonly outcome: 'finished' | 'stopped';
      readonly coordinates: Float32Array;
      /** 0 to 1; null for too few points. */
      readonly trust: number | null;
    }
  | { readonly kind: 'failed'; readonly error: SerialisedError };

export interface ProjectionService {
  catalogue(): Promise<readonly ProjectionMethod[]>;
  /** Ends the projection under way and begins another, whose events go to `port`. */
  start(request: ProjectionRequest, port: MessagePort): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}
