/** Every model a person can pick, in menu order. To add one: its file, and a line here. */
import { createRegistry } from '../../core/registry.ts';
import { appnp } from './appnp.ts';
import { correctAndSmooth } from './correct-and-smooth.ts';
import { deepwalk } from './deepwalk.ts';
import { gat } from './gat.ts';
import { gatv2 } from './gatv2.ts';
import { gcn } from './gcn.ts';
import { gcnii } from './gcnii.ts';
import { gin } from './gin.ts';
import { labelPropagation } from './label-propagation.ts';
import { logisticRegression } from './logistic-regression.ts';
import { majority } from './majority.ts';
import { meanValue } from './mean-value.ts';
import { mlp } from './mlp.ts';
import type { ModelDescriptor } from './modelTypes.ts';
import { rgcn } from './rgcn.ts';
import { sage } from './sage.ts';
import { sgc } from './sgc.ts';
import { sign } from './sign.ts';

export const MODELS = createRegistry<ModelDescriptor>('model', [
  gcn,
  sage,
  gat,
  gatv2,
  gin,
  rgcn,
  sgc,
  sign,
  appnp,
  gcnii,
  correctAndSmooth,
  labelPropagation,
  logisticRegression,
  mlp,
  majority,
  meanValue,
  deepwalk,
]);
