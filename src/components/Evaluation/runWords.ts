/** How a run was set up and what was done to its probabilities, in words. Pure. */
import type { ParameterSpec } from '../../core/parameters.ts';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import { type RunParameters, runParameters } from '../../state/runParameters.ts';
import type { EngineCatalogue } from '../../engine/runTypes.ts';
import { formatMetric, formatValue } from '../format/formatNumber.ts';

type Config = RunDescription['config'];

function specOf(engine: EngineCatalogue | null, config: Config, id: string): ParameterSpec | undefined {
  const { model, features, task }: RunParameters = runParameters(engine, config);
  return [...model, ...features, ...task].find((spec) => spec.id === id);
}

function valueText(spec: ParameterSpec, value: unknown): string {
  if (spec.kind === 'boolean') return value === true ? 'on' : 'off';
  if (spec.kind === 'choice')
    return spec.options.find((option) => option.id === value)?.name ?? String(value);
  return formatValue(Number(value));
}

/** 'cosine'; null where the learning rate stays as it is. */
export function scheduleName(engine: EngineCatalogue | null, config: Config): string | null {
  const { schedule } = config.parameters;
  const spec = specOf(engine, config, 'schedule');
  if (spec === undefined || schedule === undefined || schedule === 'constant') return null;
  const name = valueText(spec, schedule);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** '0.01, cosine schedule, last 0.00012'; null for models without a learning rate. */
export function learningRateText(
  engine: EngineCatalogue | null,
  config: Config,
  lastRate: number | null,
): string | null {
  const { learningRate } = config.parameters;
  if (typeof learningRate !== 'number') return null;
  const schedule = scheduleName(engine, config);
  const base = formatValue(learningRate);
  const last = lastRate === null || lastRate === learningRate ? '' : `, last ${formatValue(lastRate)}`;
  return schedule === null ? `${base}, constant${last}` : `${base}, ${schedule} schedule${last}`;
}

/** Settings that differ from the model's defaults: 'Hidden units 64, Dropout 0.6'; '' = none. */
export function changedSettings(engine: EngineCatalogue | null, config: Config): string {
  const { model, features, task } = runParameters(engine, config);
  return [...model, ...task, ...features]
    .filter((spec) => config.parameters[spec.id] !== undefined && config.parameters[spec.id] !== spec.default)
    .map((spec) => `${spec.name} ${valueText(spec, config.parameters[spec.id])}`)
    .join(', ');
}

/**
 * What the fitted temperature says: 'Probabilities divided by T = 1.32 …'. Null where none was fitted. Named after Guo et
 * al. 2017, https://arxiv.org/abs/1706.04599: logits divided by T before they become probabilities.
 */
export function temperatureText({
  temperature,
  metrics,
}: Pick<RunResult, 'temperature' | 'metrics'>): string | null {
  if (temperature === null) return null;
  const { ece, eceScaled, nll, nllScaled } = metrics.test;
  const isSure = temperature > 1.05;
  const isShy = temperature < 0.95;
  const means = isSure
    ? 'the model is surer than it should be'
    : isShy
      ? 'the model is less sure than it could be'
      : 'the model is about as sure as it should be';
  const effect =
    ece !== undefined && eceScaled !== undefined
      ? ` Dividing turns a test calibration error of ${formatMetric(ece, true)} into ${formatMetric(eceScaled, true)}.`
      : nll !== undefined && nllScaled !== undefined
        ? ` Dividing turns a test negative log-likelihood of ${formatMetric(nll, false)} into ${formatMetric(nllScaled, false)}.`
        : '';
  return `Logits divided by T = ${temperature.toFixed(2)}, fitted on validation nodes, give honest probabilities: ${means}.${effect} Probabilities shown and exported are the model’s own.`;
}
