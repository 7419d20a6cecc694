/**
 * Adam on chosen rows of a table, in place: gradient row i belongs to table row rows[i]; other rows and their moments are
 * not touched. Works on gradient rows [start, end); `rows` are unique, so any split is free of conflicts.
 */
import { adamStep } from './adamStep';

export function rowAdamStep(
  table: usize,
  firstMoment: usize,
  secondMoment: usize,
  rows: usize,
  gradient: usize,
  width: i32,
  stepSize: f32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  inverseRootCorrection2: f32,
  epsilon: f32,
  weightDecay: f32,
  kept: f32,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let i = start; i < end; i++) {
    const at = <usize>load<i32>(rows + ((<usize>i) << 2)) * stride;
    adamStep(
      table + at,
      firstMoment + at,
      secondMoment + at,
      gradient + <usize>i * stride,
      table + at,
      stepSize,
      beta1,
      oneMinusBeta1,
      beta2,
      oneMinusBeta2,
      inverseRootCorrection2,
      epsilon,
      weightDecay,
      kept,
      0,
      width,
    );
  }
}
