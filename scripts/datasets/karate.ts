/**
 * Zachary's karate club, written out: 34 members, 78 friendships (Zachary 1977, figure 1; without the weights) and the
 * faction each joined after the split (table 3). Actor 9 followed the officers although he was closer to Mr. Hi's side;
 * some copies of the data count him there.
 */
import { karate } from '../../src/datasets/karate.ts';
import { type BuiltDataset, builtDataset, csvText, jsonText } from './datasetFiles.ts';

const NUM_MEMBERS = 34;
/** Those who stayed with the instructor; all others joined the officers' club. */
const WITH_MR_HI = new Set([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 17, 18, 20, 22]);
/** The instructor and the president: the only labels a model is given. */
const LEADERS = new Set([1, 34]);

/** Member → friends with a higher number. */
const FRIENDS: Readonly<Record<number, readonly number[]>> = {
  1: [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32],
  2: [3, 4, 8, 14, 18, 20, 22, 31],
  3: [4, 8, 9, 10, 14, 28, 29, 33],
  4: [8, 13, 14],
  5: [7, 11],
  6: [7, 11, 17],
  7: [17],
  9: [31, 33, 34],
  10: [34],
  14: [34],
  15: [33, 34],
  16: [33, 34],
  19: [33, 34],
  20: [34],
  21: [33, 34],
  23: [33, 34],
  24: [26, 28, 30, 33, 34],
  25: [26, 28, 32],
  26: [32],
  27: [30, 34],
  28: [34],
  29: [32, 34],
  30: [33, 34],
  31: [33, 34],
  32: [33, 34],
  33: [34],
};

export function buildKarate(): BuiltDataset {
  const members = Array.from({ length: NUM_MEMBERS }, (_, index) => index + 1);
  const nodes = members.map((member) => [
    member,
    WITH_MR_HI.has(member) ? 'Mr. Hi' : 'Officer',
    LEADERS.has(member) ? 'train' : 'test',
  ]);
  const edges = Object.entries(FRIENDS).flatMap(([member, friends]) =>
    friends.map((friend) => [member, friend]),
  );
  return builtDataset(karate, {
    'nodes.csv': csvText(['id', 'label', 'split'], nodes),
    'edges.csv': csvText(['source', 'target'], edges),
    'graph.json': jsonText({
      directed: false,
      task: 'node-classification',
      target: 'label',
      split: 'public',
    }),
  });
}
