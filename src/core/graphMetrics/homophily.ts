/** Do neighbours share their label? Tells beforehand whether averaging over neighbours can help. */

export interface Homophily {
  /** Share in [0, 1] of the counted edges that join equal labels; null when no edge counts. */
  readonly edgeHomophilyRatio: number | null;
  readonly numEdgesCounted: number;
}

/**
 * Returns the edge homophily h = |{(u,v) : y_u = y_v}| / |{(u,v)}| over the edges whose ends are both labelled.
 * Self-loops do not count: they always agree and say nothing about neighbours.
 *
 * Source: Zhu et al. 2020, "Beyond Homophily in Graph Neural Networks", def. 1, https://arxiv.org/abs/2006.11468.
 * @param labels [N] class of each node, -1 = unlabelled
 * O(E).
 */
export function edgeHomophily(source: Int32Array, target: Int32Array, labels: Int32Array): Homophily {
  let counted = 0;
  let equal = 0;
  for (let edge = 0; edge < source.length; edge++) {
    if (source[edge] === target[edge]) continue;
    const from = labels[source[edge] as number] as number;
    const to = labels[target[edge] as number] as number;
    if (from < 0 || to < 0) continue;
    counted++;
    if (from === to) equal++;
  }
  return { edgeHomophilyRatio: counted === 0 ? null : equal / counted, numEdgesCounted: counted };
}
