import { zipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findColumn } from '../core/columns.ts';
import { blobSource } from './fileSource.ts';
import { importFiles, inspectFiles } from './importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from './importTypes.ts';
import { cellsOf, edgesOf, nodeIdsOf } from './testFiles.ts';

const zip = zipSync({
  'g/nodes.csv': strToU8('id,label,note,date\nä,1,"one, two",2020-01-01\nb,0,,2021-01-01\nc,1,three,\n'),
  'g/edges.csv': strToU8('source,target,relation\nä,b,likes\nb,c,knows\nc,ä,likes\n'),
  'g/features.svm': strToU8('1:1\n2:1 3:0.5\n1:2\n'),
});

describe('import in a real browser', () => {
  it('reads a dropped zip into shared buffers, text included', async () => {
    expect(crossOriginIsolated).toBe(true);
    const source = blobSource('g.zip', new Blob([new Uint8Array(zip)]));
    expect((await inspectFiles([source])).tables.map((table) => table.role)).toEqual([
      'nodes',
      'edges',
      'features',
    ]);
    const { graph, report } = await importFiles([source], DEFAULT_IMPORT_OPTIONS);
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(nodeIdsOf(graph)).toEqual(['ä', 'b', 'c']);
    expect(edgesOf(graph)).toEqual(['ä likes b', 'c likes ä', 'b knows c']);
    expect(cellsOf(columns, 'note')).toEqual({ kind: 'text', cells: ['one, two', '', 'three'] });
    expect(report.summary).toBe('3 nodes · 3 edges · 2 relations · 2 labels · 3 sparse features');
    const features = findColumn(columns, 'features');
    expect(features?.kind === 'sparse' && features.values.buffer instanceof SharedArrayBuffer).toBe(true);
    expect(graph.nodeIds.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(graph.source.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('gives way to other messages while it reads', async () => {
    const rows = Array.from({ length: 150_000 }, (_, at) => `n${at % 9000},n${(at * 7) % 9000},${at / 8}`);
    const source = blobSource('edges.csv', new Blob([`source,target,w\n${rows.join('\n')}\n`]));
    let isReading = true;
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns++;
      if (isReading) port2.postMessage(null);
    };
    port2.postMessage(null);
    await importFiles([source], DEFAULT_IMPORT_OPTIONS);
    isReading = false;
    expect(turns).toBeGreaterThan(5);
  });
});
