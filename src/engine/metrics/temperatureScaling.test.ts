/** The fitted temperature is the best one, recovers a known one, and changes no decision. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSequence, STREAM } from '../../core/random.ts';
import { argmaxRow, expectedCalibrationError, rowCrossEntropy, softmaxRows } from './classification.ts';
import { applyTemperature, fitBinaryTemperature, fitTemperature } from './temperatureScaling.ts';

const all = (length: number): Int32Array => Int32Array.from({ length }, (_, row) => row);

const WORKED_LOGITS = Float32Array.of(4, 0, 2, 0, 1, 0, 0, 3, 0, 0.4, 6, 0);
const WORKED_CODES = Int32Array.of(0, 1, 0, 1, 0, 0);

/** In float64: z / T rounded to float32 is off by 1e-5 at z = 200, more than the minimum is flat. */
function meanLoss(logits: Float32Array, codes: Int32Array, numClasses: number, temperature: number): number {
  const scaled = Float64Array.from(logits, (logit) => logit / temperature);
  const rows = all(codes.length);
  return rows.reduce(
    (sum, row) => sum + rowCrossEntropy(scaled, row, numClasses, codes[row] as number) / codes.length,
    0,
  );
}

/** Calibrated by construction: labels are drawn from the softmax of the logits. */
function drawLabelled(numRows: number, numClasses: number): { logits: Float32Array; codes: Int32Array } {
  const random = randomSequence(7, STREAM.generator);
  const logits = Float32Array.from({ length: numRows * numClasses }, () => 2 * random.normal());
  const probabilities = softmaxRows(logits, numClasses);
  const codes = Int32Array.from({ length: numRows }, (_, row) => {
    let rest = random.uniform();
    for (let code = 0; code < numClasses - 1; code++) {
      rest -= probabilities[row * numClasses + code] as number;
      if (rest < 0) return code;
    }
    return numClasses - 1;
  });
  return { logits, codes };
}

describe('fitTemperature', () => {
  it('finds the temperature of six worked rows', () => {
    const temperature = fitTemperature(WORKED_LOGITS, WORKED_CODES, all(6), 2);
    expect(temperature).toBeCloseTo(1.997105, 5);
    expect(meanLoss(WORKED_LOGITS, WORKED_CODES, 2, temperature)).toBeCloseTo(0.493734, 6);
    expect(meanLoss(WORKED_LOGITS, WORKED_CODES, 2, 1)).toBeCloseTo(0.570403, 6);
  });

  it.each([0.2, 0.5, 1, 3, 8])('recovers a factor of %f on the logits, and with it calibration', (factor) => {
    const { logits, codes } = drawLabelled(4000, 5);
    const honest = fitTemperature(logits, codes, all(4000), 5);
    expect(Math.abs(honest - 1)).toBeLessThan(0.06);
    const distorted = applyTemperature(logits, 1 / factor);
    const temperature = fitTemperature(distorted, codes, all(4000), 5);
    expect(temperature / factor).toBeCloseTo(honest, 5);
    const repaired = applyTemperature(distorted, temperature);
    const errorOf = (values: Float32Array): number =>
      expectedCalibrationError(softmaxRows(values, 5), codes, all(4000), 5);
    expect(errorOf(repaired)).toBeLessThan(0.03);
    if (factor !== 1) expect(errorOf(distorted)).toBeGreaterThan(0.1);
    for (const row of all(4000)) expect(argmaxRow(repaired, row, 5)).toBe(argmaxRow(logits, row, 5));
  });

  it('is nowhere worse than a temperature of the grid', () => {
    const logits = fc.array(fc.float({ min: -200, max: 200, noNaN: true }), { minLength: 12, maxLength: 12 });
    const codes = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(logits, codes, (values, labels) => {
        const given = Float32Array.from(values);
        const truth = Int32Array.from(labels);
        const temperature = fitTemperature(given, truth, all(4), 3);
        expect(temperature).toBeGreaterThanOrEqual(0.05);
        expect(temperature).toBeLessThanOrEqual(20);
        const best = meanLoss(given, truth, 3, temperature);
        for (let step = -29; step <= 29; step++) {
          expect(best).toBeLessThanOrEqual(
            meanLoss(given, truth, 3, Math.exp(step / 10)) + 1e-6 * (1 + best),
          );
        }
      }),
      {
        examples: [
          [
            [0, 0, 0, 0, 0, 1.3563145399093628, 0, 0, 0, 199.99957275390625, 199.9995880126953, 0],
            [0, 2, 0, 0],
          ],
        ],
      },
    );
  });

  it('ends in the bounds or at 1 where no temperature is best', () => {
    const right = Float32Array.of(3, 0, 0, 200);
    expect(fitTemperature(right, Int32Array.of(0, 1), all(2), 2)).toBe(0.05);
    expect(fitTemperature(right, Int32Array.of(1, 0), all(2), 2)).toBe(20);
    expect(fitTemperature(Float32Array.of(2, 2, 5, 5), Int32Array.of(0, 1), all(2), 2)).toBe(1);
    expect(fitTemperature(right, Int32Array.of(0, 1), new Int32Array(0), 2)).toBe(1);
  });

  it('survives logits that overflow exp', () => {
    const logits = Float32Array.of(1e30, 0, 0, 900, 0, 400);
    expect(fitTemperature(logits, Int32Array.of(0, 1, 0), all(3), 2)).toBe(20);
  });
});

describe('fitBinaryTemperature', () => {
  it('equals the temperature of two classes whose logits differ by the same', () => {
    const differences = Float32Array.of(-4, -2, -1, 3, 0.4, -6);
    const temperature = fitBinaryTemperature(differences, Uint8Array.from(WORKED_CODES), all(6), 1);
    expect(temperature).toBeCloseTo(1.997105, 5);
  });

  it('passes over missing truths and rows that are not asked for', () => {
    const logits = Float32Array.of(-4, 50, -2, 50, -1, 50, 3, 50, 0.4, 50, -6, 50, 99, 99);
    const truth = Int8Array.of(0, -1, 1, -1, 0, -1, 1, -1, 0, -1, 0, -1, 0, 0);
    expect(fitBinaryTemperature(logits, truth, all(6), 2)).toBeCloseTo(1.997105, 5);
  });

  it('recovers a known factor', () => {
    const random = randomSequence(3, STREAM.generator);
    const logits = Float32Array.from({ length: 6000 }, () => 2 * random.normal());
    const truth = Uint8Array.from(logits, (logit) => (random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
    const honest = fitBinaryTemperature(logits, truth, all(2000), 3);
    expect(Math.abs(honest - 1)).toBeLessThan(0.06);
    const sharpened = applyTemperature(logits, 1 / 4);
    expect(fitBinaryTemperature(sharpened, truth, all(2000), 3) / 4).toBeCloseTo(honest, 5);
  });
});
