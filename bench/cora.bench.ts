/** Training epochs of the usual models on Cora, or on the bundled citation example where Cora is absent. */
import { citations } from './benchOptions.ts';
import type { Baseline } from './benchRow.ts';
import { test } from './inBrowser.ts';
import { type MeasuredWork, measureTraining } from './trainingRow.ts';

for (const name of ['gcn', 'gat']) {
  test(`${name.toUpperCase()} on ${citations.name}`, async ({ trainInBrowser }) => {
    await measureTraining(`cora-${name}`, { trainInBrowser });
  });
}

test(`SGC and SIGN beside MLP on ${citations.name}`, async ({ trainInBrowser }) => {
  const mlp = await measureTraining('cora-mlp', { trainInBrowser });
  for (const name of ['cora-sgc', 'cora-sign']) {
    await measureTraining(name, { trainInBrowser, target: 'MLP’s time', against: heldAgainst(mlp) });
  }
});

for (const name of ['sage', 'appnp', 'gcnii']) {
  test(`${name.toUpperCase()} on ${citations.name}`, async ({ trainInBrowser }) => {
    await measureTraining(`cora-${name}`, { trainInBrowser });
  });
}

/** Our own MLP as the baseline of models that are to train as fast. */
function heldAgainst({ nodeMs, browserMs }: MeasuredWork) {
  const baseline = (ms: number): Baseline => ({ name: 'MLP, hidden 64', ms, isMeasured: true });
  return { node: [baseline(nodeMs)], browser: browserMs === null ? [] : [baseline(browserMs)] };
}
