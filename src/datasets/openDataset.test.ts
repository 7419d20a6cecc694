/** Opening data sets from an injected network: the bundled files, the registry, and every way a download can fail. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findColumn, isValid } from '../core/columns.ts';
import { CancelledError, LimitError, WorkbenchError } from '../core/errors.ts';
import { isDirected, numEdges, numNodes } from '../core/graph.ts';
import { classCodes } from '../core/taskDefaults.ts';
import { DEFAULT_IMPORT_LIMITS, type ImportProgress } from '../io/importTypes.ts';
import type { FetchFile } from './download.ts';
import { DATASETS } from './index.ts';
import { datasetAddresses, openDataset } from './openDataset.ts';

const BASE = 'https://example.org/app/';
const bundled = DATASETS.all.filter((card) => card.kind === 'bundled');
const gallery = DATASETS.all.filter((card) => card.kind === 'gallery');
const karate = DATASETS.get('karate');

/** Serves public/ as the page's host would. */
const fromDisk: FetchFile = (address) => {
  const path = resolve(process.cwd(), 'public', address.slice(BASE.length));
  return Promise.resolve(
    existsSync(path) ? new Response(readFileSync(path)) : new Response(null, { status: 404 }),
  );
};
const SHARED = resolve(process.cwd(), '../shared/datasets/cora/raw');

describe('registry', () => {
  it('offers bundled data sets before those that need the network', () => {
    expect(DATASETS.all.map(({ id }) => id)).toEqual([
      'citation-sbm',
      'karate',
      'les-miserables',
      'us-flights',
      'cora',
      'citeseer',
      'pubmed',
    ]);
  });

  it.each(gallery)('$id names eight https files', (card) => {
    expect(datasetAddresses(card, BASE)).toEqual(
      ['x', 'tx', 'allx', 'y', 'ty', 'ally', 'graph', 'test.index'].map(
        (part) => `https://raw.githubusercontent.com/kimiyoung/planetoid/master/data/ind.${card.id}.${part}`,
      ),
    );
  });
});

describe('bundled data sets', () => {
  it.each(bundled)('$id opens with the counts on its card', async (card) => {
    const { graph, hints } = await openDataset(card, { baseUrl: BASE, fetchFile: fromDisk });
    const columns = graph.nodeTypes[0]?.columns ?? [];
    const label = findColumn(columns, 'label');
    const labels = label === undefined ? null : classCodes(label);
    const sparse = columns.find((column) => column.kind === 'sparse');
    const counts = {
      nodes: numNodes(graph),
      edges: numEdges(graph),
      classes: labels?.classes.length ?? 0,
      features: sparse?.kind === 'sparse' ? sparse.width : 0,
    };
    expect(counts).toEqual(card.counts);
    expect(graph.name).toBe(card.title);
    expect(hints).toMatchObject({ task: card.defaultTask, target: card.target });
    expect(isDirected(graph)).toBe(card.id === 'us-flights');
  });

  it('of flights leave the nine airports without a region unlabelled', async () => {
    const { graph } = await openDataset(DATASETS.get('us-flights'), { baseUrl: BASE, fetchFile: fromDisk });
    const label = findColumn(graph.nodeTypes[0]?.columns ?? [], 'label');
    const rows = Array.from({ length: numNodes(graph) }, (_, row) => row);
    expect(rows.filter((row) => label !== undefined && !isValid(label, row)).length).toBe(9);
  });

  it('report progress up to every byte', async () => {
    const seen: ImportProgress[] = [];
    await openDataset(karate, { baseUrl: BASE, fetchFile: fromDisk, onProgress: (item) => seen.push(item) });
    const bytes = karate.files
      .map((name) => readFileSync(resolve(process.cwd(), 'public/datasets/karate', name)).length)
      .reduce((sum, size) => sum + size, 0);
    const downloads = seen.filter((item) => item.stage === 'Downloading');
    expect(downloads.at(-1)?.bytes).toBe(bytes);
  });
});

describe('gallery', () => {
  it.skipIf(!existsSync(SHARED))('opens Cora from the eight Planetoid files', async () => {
    const card = DATASETS.get('cora');
    const fetchFile: FetchFile = (address) =>
      Promise.resolve(
        new Response(readFileSync(resolve(SHARED, address.slice(address.lastIndexOf('/') + 1)))),
      );
    const { graph } = await openDataset(card, { baseUrl: BASE, fetchFile });
    expect([numNodes(graph), numEdges(graph), graph.name]).toEqual([2708, 5278, 'Cora']);
  });
});

describe('failures', () => {
  const address = 'https://example.org/app/datasets/karate/nodes.csv';
  const open = (fetchFile: FetchFile, more: object = {}): Promise<unknown> =>
    openDataset({ ...karate, files: ['nodes.csv'] }, { baseUrl: BASE, fetchFile, ...more }).catch(
      (error: unknown) => error,
    );

  it('no network', async () => {
    const error = await open(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(error).toEqual(
      new WorkbenchError(`Could not reach ${address}.`, {
        code: 'download-unreachable',
        remedy: 'Check the connection and try again, or download the files yourself and drop them here.',
        details: { address, reason: 'Failed to fetch' },
      }),
    );
  });

  it('an error status, and a page in place of the file', async () => {
    const missing = await open(() =>
      Promise.resolve(new Response('', { status: 404, statusText: 'Not Found' })),
    );
    expect(missing).toMatchObject({
      code: 'download-refused',
      message: `${address} answered 404 Not Found.`,
    });
    const page = new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(await open(() => Promise.resolve(page))).toMatchObject({
      code: 'download-refused',
      message: `${address} answered with a web page, not with a data file.`,
    });
  });

  it('a connection that breaks', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(3));
      },
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
    expect(await open(() => Promise.resolve(new Response(broken)))).toMatchObject({
      code: 'download-interrupted',
      details: { address, reason: 'network error' },
    });
  });

  it('more bytes than allowed, announced or not', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxBytes: 10 };
    const announced = new Response(new Uint8Array(4), { headers: { 'content-length': '11' } });
    const silent = new Response(new Uint8Array(11));
    for (const response of [announced, silent]) {
      expect(await open(() => Promise.resolve(response), { limits })).toEqual(
        new LimitError(`${address} holds at least 11 bytes; the limit is 10.`, {
          code: 'download-size',
          remedy: 'Download the file yourself and drop a smaller part of it here.',
          details: { address, bytes: 11, maxBytes: 10 },
        }),
      );
    }
  });

  it('cancelled by the person', async () => {
    const controller = new AbortController();
    const error = open(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
      { signal: controller.signal },
    );
    controller.abort();
    expect(await error).toEqual(new CancelledError('The download'));
  });

  it('one failed file ends the other downloads', async () => {
    let aborted = false;
    const fetchFile: FetchFile = (target, init) =>
      target.endsWith('edges.csv')
        ? Promise.resolve(new Response('', { status: 500 }))
        : new Promise((_resolve, reject) => {
            init.signal?.addEventListener('abort', () => {
              aborted = true;
              reject(new DOMException('aborted', 'AbortError'));
            });
          });
    await expect(openDataset(karate, { baseUrl: BASE, fetchFile })).rejects.toMatchObject({
      code: 'download-refused',
    });
    expect(aborted).toBe(true);
  });
});
