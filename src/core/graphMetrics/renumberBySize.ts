/** Canonical numbering of a partition, so that equal partitions are equal arrays and colour 0 is the largest group. */

export interface NumberedPartition {
  /** [N] group of each node, 0 = the largest; equal sizes in order of their first member. */
  readonly group: Int32Array;
  readonly numGroups: number;
  /** [numGroups] */
  readonly sizes: Int32Array;
}

/** Renumbers labels in [0, numLabels) by size; unused labels vanish. O(N + labels log labels). */
export function renumberBySize(labels: Int32Array, numLabels: number): NumberedPartition {
  const count = new Int32Array(numLabels);
  const firstMember = new Int32Array(numLabels).fill(labels.length);
  for (let node = labels.length - 1; node >= 0; node--) {
    const label = labels[node] as number;
    count[label] = (count[label] as number) + 1;
    firstMember[label] = node;
  }
  const used = Int32Array.from({ length: numLabels }, (_, label) => label).filter(
    (label) => (count[label] as number) > 0,
  );
  used.sort(
    (a, b) =>
      (count[b] as number) - (count[a] as number) || (firstMember[a] as number) - (firstMember[b] as number),
  );
  const numberOf = new Int32Array(numLabels);
  used.forEach((label, rank) => {
    numberOf[label] = rank;
  });
  return {
    group: labels.map((label) => numberOf[label] as number),
    numGroups: used.length,
    sizes: used.map((label) => count[label] as number),
  };
}
