import { describe, expect, it } from 'vitest';
import type { Graph } from '../../core/graph.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (content: string, name = 'a.gdf') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);

/** The examples of https://gephi.org/users/supported-graph-formats/gdf-format/, joined. */
const EXAMPLE = `nodedef>name VARCHAR,label VARCHAR,class VARCHAR, visible BOOLEAN,color VARCHAR,width DOUBLE,height DOUBLE
s1,SiteNumber1,blog,true,'114,116,177',10.10986,10.10986
s2,"Site, ""Number"" 2",forum,false,"219,116,251",10.10986,10.10986
s3,,webpage,,,17.5
edgedef>node1 VARCHAR,node2 VARCHAR, directed BOOLEAN,weight DOUBLE, kind VARCHAR
s1,s2,true,1.2341,'a'
s2,s3,false,0.453,b
s3,s1
`;

describe('GDF', () => {
  it('has declared columns, quoted commas and a direction per edge', async () => {
    const { graph, report } = await read(EXAMPLE, 'graph.txt');
    expect(report.formatId).toBe('gdf');
    expect(nodeIdsOf(graph)).toEqual(['s1', 's2', 's3']);
    expect(edgesOf(graph)).toEqual(['s1 edge s2', 's2 edge s3', 's3 edge s1']);
    expect([...graph.edgeTypes.directed]).toEqual([1, 0]);
    expect(nodeCells(graph, 'label')?.cells).toEqual(['SiteNumber1', 'Site, "Number" 2', '']);
    expect(nodeCells(graph, 'viz_color')).toEqual({
      kind: 'text',
      cells: ['114,116,177', '219,116,251', ''],
    });
    expect(nodeCells(graph, 'size')).toMatchObject({ cells: ['10.10986', '10.10986', '17.5'] });
    expect(nodeCells(graph, 'height')?.cells).toEqual(['10.10986', '10.10986', '']);
    expect(nodeCells(graph, 'visible')).toEqual({ kind: 'bool', cells: ['true', 'false', ''] });
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['1.2341', '0.453', '']);
    expect(report.notices).toEqual([]);
  });

  it('keeps text of declared text columns and fills defaults', async () => {
    const { graph } = await read(
      'nodedef> name VARCHAR(32), zip VARCHAR(5), style INT default 6\na,007\nb,NA,2\nedgedef> node1 VARCHAR,node2 VARCHAR,directed BOOLEAN default true\na,b\n',
    );
    expect(nodeCells(graph, 'zip')).toEqual({ kind: 'text', cells: ['007', 'NA'] });
    expect(nodeCells(graph, 'style')).toEqual({ kind: 'i32', cells: ['6', '2'] });
    expect([...graph.edgeTypes.directed]).toEqual([1]);
  });

  it.each([
    ['nodedef>name VARCHAR\na,b', 'a.gdf line 2: 2 cells for 1 columns.', 'ragged-row'],
    [
      "nodedef>name VARCHAR,b VARCHAR\na,'x",
      'a.gdf line 2: a quote is not closed in cell 2.',
      'unclosed-quote',
    ],
    [
      'nodedef>name VARCHAR\na\nedgedef>node1 VARCHAR\n',
      "a.gdf line 3: there is no column 'node2'.",
      'missing-column',
    ],
    ['nodedef>name VARCHAR,b VARCHAR\n,x', "a.gdf line 2: 'name' is empty.", 'empty-id'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'a.gdf': EXAMPLE }));
    expect(preview.tables.map(({ columns }) => columns.map(({ name }) => name))).toEqual([
      ['id', 'label', 'class', 'visible', 'viz_color', 'size', 'height'],
      ['source', 'target', 'weight', 'kind'],
    ]);
  });
});
