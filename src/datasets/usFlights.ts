/** Card of the domestic air routes of 2008; its tables are written by `scripts/datasets/usFlights.ts`. */
import type { DatasetCard } from './cardTypes.ts';

export const usFlights: DatasetCard = {
  id: 'us-flights',
  title: 'US flights 2008',
  tagline: 'Guess the region of an airport from its routes alone, without looking at the map.',
  nodes: 'airports',
  edges: 'routes',
  about:
    'Airports with name, city, state and position, labelled with the census region of the state; an edge is a directed route with its number of flights in 2008.',
  source: 'https://www.transtats.bts.gov/',
  licence: 'US government works, public domain, as packaged in vega-datasets (BSD-3-Clause)',
  citation: 'US Bureau of Transportation Statistics, on-time performance 2008; airports from data.gov.',
  counts: { nodes: 305, edges: 5366, classes: 4, features: 0 },
  defaultTask: 'node-classification',
  target: 'label',
  kind: 'bundled',
  files: ['nodes.csv', 'edges.csv', 'graph.json'],
};
