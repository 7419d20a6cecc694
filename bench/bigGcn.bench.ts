/** A GCN of 3 layers on a random graph of ogbn-arxiv's size, through the engine, in Node and in a browser worker. */
import { test } from './inBrowser.ts';
import { measureTraining } from './trainingRow.ts';

for (const hidden of [64, 256]) {
  test(`big GCN, hidden ${hidden}`, async ({ trainInBrowser }) => {
    await measureTraining(`big-gcn-${hidden}`, { trainInBrowser });
  });
}
