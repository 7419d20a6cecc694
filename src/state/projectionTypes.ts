/** State and commands of the embedding's projections: which is shown, what it is of, and the one being computed. */
import type { ParameterValue, ParameterValues } from '../core/parameters.ts';
import type { PreparedProjection, ProjectionMethod } from '../workers/projectionProtocol.ts';

/** The live principal components; every other method is computed on request. */
export const LIVE_PCA = 'pca';

export type ProjectionStatus =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running' | 'paused' | 'stopping';
      readonly method: string;
      readonly stage: 'neighbours' | 'points';
      /** Of the stage, 0 to 1. */
      readonly fraction: number;
    };

/** What the points of a picture are: stays the same object while they move. */
export interface ProjectedSpace extends PreparedProjection {
  readonly sourceId: string;
  readonly sourceName: string;
  readonly graphVersion: string;
}

export interface ProjectionResult {
  readonly method: string;
  readonly space: ProjectedSpace;
  /** [2 n], y upwards, replaced as the points move; null before the first frame. */
  readonly coordinates: Float32Array | null;
  /** Trustworthiness, once it has ended. */
  readonly trust: number | null;
  readonly isEnded: boolean;
}

export interface ProjectionSlice {
  /** On offer beside the live PCA; empty until the worker has said so. */
  readonly methods: readonly ProjectionMethod[];
  /** The one shown: LIVE_PCA or a method's id. */
  readonly method: string;
  /** What is projected; null = the first there is. See `projectionSources.ts`. */
  readonly sourceId: string | null;
  /** What a person set, over all methods. */
  readonly values: ParameterValues;
  readonly status: ProjectionStatus;
  /** The latest of each method, of the open graph. */
  readonly results: Readonly<Record<string, ProjectionResult>>;
}

export const NO_PROJECTION: ProjectionSlice = {
  methods: [],
  method: LIVE_PCA,
  sourceId: null,
  values: {},
  status: { kind: 'idle' },
  results: {},
};

export interface ProjectionCommands {
  /** Fills the menu of methods. */
  loadProjections(): Promise<void>;
  /** Shows a method: its latest picture, or what is there to start it from. */
  setProjectionMethod(method: string): void;
  setProjectionSource(sourceId: string): void;
  setProjectionParameter(id: string, value: ParameterValue): void;
  project(): Promise<void>;
  pauseProjection(): Promise<void>;
  resumeProjection(): Promise<void>;
  stopProjection(): Promise<void>;
}
