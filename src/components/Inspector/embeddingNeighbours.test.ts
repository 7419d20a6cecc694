import { describe, expect, it } from 'vitest';
import type { ProjectedSpace } from '../../state/projectionTypes.ts';
import type { EndedRun } from '../../state/projectionSources.ts';
import { testGraph } from '../palette/testGraph.ts';
import { embeddingNeighbours } from './embeddingNeighbours.ts';

const graph = testGraph();
const noRun: EndedRun = { result: null, description: null };

/** Papers 0 to 5 on a line: 0, 1, 2, 10, 11, 12. */
function lineRun(version = graph.version): EndedRun {
  return {
    result: { embedding: Float32Array.of(0, 1, 2, 10, 11, 12), embeddingWidth: 1 },
    description: { graphVersion: version, nodeRange: [0, 6] },
  } as unknown as EndedRun;
}

const space: ProjectedSpace = {
  sourceId: 'vector:paper:year',
  sourceName: 'year',
  graphVersion: graph.version,
  settings: '',
  nodes: Int32Array.of(1, 3, 4, 7),
  neighbours: Int32Array.of(2, 1, 0, 2, 0, 3, 2, -1),
  k: 2,
};

describe('nearest nodes in the embedding', () => {
  it('are those of the hidden layer once a run has ended, and say which are linked', () => {
    expect(embeddingNeighbours(graph, 0, null, lineRun())).toEqual({
      space: 'the hidden layer',
      nodes: [1, 2, 3, 4, 5],
      isLinked: [true, true, false, false, false],
    });
  });

  it('are those of a projection by their nodes, while one is shown', () => {
    expect(embeddingNeighbours(graph, 3, space, lineRun())).toEqual({
      space: 'year',
      nodes: [1, 4],
      isLinked: [false, false],
    });
    expect(embeddingNeighbours(graph, 7, space, noRun)?.nodes).toEqual([4]);
  });

  it('are not told without a run, of a node that it does not cover, or of a run on other tables', () => {
    expect(embeddingNeighbours(graph, 0, null, noRun)).toBeNull();
    expect(embeddingNeighbours(graph, 7, null, lineRun())).toBeNull();
    expect(embeddingNeighbours(graph, 0, null, lineRun('another'))).toBeNull();
    expect(embeddingNeighbours(graph, 0, space, noRun)).toBeNull();
  });
});
