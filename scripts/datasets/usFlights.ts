/**
 * Domestic routes of 2008 from vega-datasets: every route of flights-airport.csv and every airport on one. The 3,071 rows
 * of airports.csv without a scheduled flight are not part of the graph. The label is the census region of the state;
 * nine airports have none (four without a state in the source, three in Puerto Rico, two on the Virgin Islands).
 */
import { usFlights } from '../../src/datasets/usFlights.ts';
import { type BuiltDataset, builtDataset, csvText, jsonText } from './datasetFiles.ts';
import { parseCsv, vegaDataFile } from './vegaDatasets.ts';

/** US Census Bureau, "Census Regions and Divisions of the United States". */
const STATES_BY_REGION = {
  Northeast: 'CT ME MA NH RI VT NJ NY PA',
  Midwest: 'IL IN MI OH WI IA KS MN MO NE ND SD',
  South: 'DE DC FL GA MD NC SC VA WV AL KY MS TN AR LA OK TX',
  West: 'AZ CO ID MT NV NM UT WY AK CA HI OR WA',
};
const REGION_OF_STATE = new Map(
  Object.entries(STATES_BY_REGION).flatMap(([region, states]) =>
    states.split(' ').map((state) => [state, region] as const),
  ),
);

/** The source writes NA for what it does not know; the native format leaves the cell empty. */
const known = (cell: string | undefined): string => (cell === undefined || cell === 'NA' ? '' : cell);

export function buildUsFlights(): BuiltDataset {
  const routes = parseCsv(vegaDataFile('flights-airport.csv'));
  const airports = new Map(parseCsv(vegaDataFile('airports.csv')).map((row) => [row.iata as string, row]));
  const codes = [
    ...new Set(routes.flatMap((route) => [route.origin as string, route.destination as string])),
  ].sort();
  const nodes = codes.map((code) => {
    const airport = airports.get(code);
    if (airport === undefined) throw new Error(`Airport ${code} is on a route but not in airports.csv`);
    const state = known(airport.state);
    const region = REGION_OF_STATE.get(state) ?? '';
    const position = [Number(airport.latitude), Number(airport.longitude)];
    return [code, region, airport.name as string, known(airport.city), state, ...position];
  });
  return builtDataset(usFlights, {
    'nodes.csv': csvText(['id', 'label', 'name', 'city', 'state', 'latitude', 'longitude'], nodes),
    'edges.csv': csvText(
      ['source', 'target', 'flights'],
      routes.map((route) => [route.origin as string, route.destination as string, Number(route.count)]),
    ),
    // State and position would give the region away, so that nothing but the routes is offered as a feature.
    'graph.json': jsonText({ directed: true, task: 'node-classification', target: 'label', features: [] }),
  });
}
