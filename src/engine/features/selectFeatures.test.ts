import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../core/errors.ts';
import { selectFeatures, selectFeaturesForNumbers } from './selectFeatures.ts';
import { categories, dates, numbers, texts, vectors } from './testColumns.ts';

const rows = Array.from({ length: 40 }, (_, row) => row);
const noise = (row: number): number => Math.sin(row * 12.9898) * 10;
const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);

describe('text and categories', () => {
  const text = texts(
    'abstract',
    rows.map((row) => `text ${row}`),
  );
  const many = categories(
    'shop',
    Array.from({ length: 2000 }, (_, row) => `shop ${row % 600}`),
  );

  it('picks text when there are buckets for it, or when a person chose it', () => {
    expect(selectFeatures([text], null, null, 'auto')).toEqual({
      used: [],
      leftOut: [{ name: 'abstract', reason: 'free text; choose it or set text buckets' }],
    });
    expect(
      names(selectFeatures([text], null, null, 'auto', { textBuckets: 64, categories: 'one-hot' }).used),
    ).toEqual(['abstract']);
    expect(names(selectFeatures([text], null, null, ['abstract']).used)).toEqual(['abstract']);
  });

  it('limits categories by their encoding', () => {
    const embedded = { textBuckets: 0, categories: 'embedded' } as const;
    expect(selectFeatures([many], null, null, 'auto').leftOut).toEqual([
      { name: 'shop', reason: '600 categories are too many for one-hot columns' },
    ]);
    expect(names(selectFeatures([many], null, null, 'auto', embedded).used)).toEqual(['shop']);
    let thrown: unknown;
    try {
      selectFeatures([many], null, null, ['shop']);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ParameterError);
    expect(thrown).toMatchObject({
      code: 'feature-column',
      message: "'shop' cannot be a feature: 600 categories are too many for one-hot columns.",
      remedy: 'Set categories to embedded, or remove it from the features.',
      details: { column: 'shop' },
    });
    const huge = { ...many, dictionary: Array.from({ length: 100_001 }, (_, code) => String(code)) };
    expect(() => selectFeatures([huge], null, null, ['shop'], embedded)).toThrow(
      "'shop' cannot be a feature: 100001 categories are too many for an embedding.",
    );
  });
});

describe('selectFeaturesForNumbers', () => {
  const price = rows.map(noise);
  const columns = [
    numbers('price', price),
    numbers(
      'price_usd',
      price.map((value) => 1.1 * value + 3),
    ),
    numbers(
      'discount',
      price.map((value, row) => (row === 3 ? Infinity : -value)),
    ),
    vectors(
      'coordinates',
      price.map((value, row) => [row, value]),
      2,
    ),
    numbers(
      'nearly',
      price.map((value, row) => value + noise(row * 7 + 1)),
    ),
    categories(
      'band',
      price.map((value) => (value > 0 ? 'dear' : 'cheap')),
    ),
    dates(
      'sold',
      rows.map((row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`),
    ),
    numbers(
      'constant',
      rows.map(() => 4),
    ),
  ];

  it('leaves out what equals the target up to scale and shift', () => {
    const { used, leftOut } = selectFeaturesForNumbers(columns, 'price', price, 'auto');
    expect(leftOut).toEqual([
      { name: 'price_usd', reason: 'rises with the target exactly' },
      { name: 'discount', reason: 'falls with the target exactly' },
      { name: 'coordinates', reason: 'rises with the target exactly' },
    ]);
    expect(names(used)).toEqual(['nearly', 'band', 'sold', 'constant']);
  });

  it('looks at labelled rows only, and not at a handful of them', () => {
    const half = price.map((value, row) => (row < 20 ? value : Number.NaN));
    const copy = numbers(
      'copy',
      price.map((value, row) => (row < 20 ? value : 0)),
    );
    expect(selectFeaturesForNumbers([copy], 'price', half, 'auto').leftOut).toHaveLength(1);
    const few = price.map((value, row) => (row < 9 ? value : Number.NaN));
    expect(selectFeaturesForNumbers([copy], 'price', few, 'auto').used).toHaveLength(1);
  });

  it('leaves out a category that fixes a target with repeating values', () => {
    const stars = rows.map((row) => row % 5);
    const words = categories(
      'verdict',
      stars.map((star) => `${star} stars`),
    );
    expect(selectFeaturesForNumbers([words], 'stars', stars, 'auto').leftOut).toEqual([
      { name: 'verdict', reason: 'its value gives the target away' },
    ]);
  });

  it('does not overflow on huge numbers', () => {
    const huge = numbers(
      'huge',
      price.map((value) => value * 1e307),
    );
    expect(selectFeaturesForNumbers([huge], 'price', price, 'auto').leftOut).toHaveLength(1);
  });
});
