/**
 * The data sets a person can open by name, in the order of the menu: bundled ones first. Cards only, so that the main
 * thread can list them without the readers; `openDataset.ts` opens one.
 */
import { createRegistry } from '../core/registry.ts';
import { citationSbm } from './citationSbm.ts';
import { citeseer } from './citeseer.ts';
import { cora } from './cora.ts';
import { karate } from './karate.ts';
import { lesMiserables } from './lesMiserables.ts';
import { pubmed } from './pubmed.ts';
import { usFlights } from './usFlights.ts';

export const DATASETS = createRegistry('data set', [
  citationSbm,
  karate,
  lesMiserables,
  usFlights,
  cora,
  citeseer,
  pubmed,
]);
