/**
 * One Adam step on elements [start, end), fused: moments are updated in place, the new parameter goes to `out`.
 * `weightDecay` joins the gradient (L2); `kept` = 1 − η·decay scales the parameter before the step (AdamW), 1 for none.
 * NOTE: the parameter is not overwritten, because tfjs caches packed matMul operands by tensor (adamStep/op.ts).
 */

export function adamStep(
  parameter: usize,
  firstMoment: usize,
  secondMoment: usize,
  gradient: usize,
  out: usize,
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
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const at = (<usize>i) << 2;
    const p = v128.load(parameter + at);
    const g = f32x4.add(v128.load(gradient + at), f32x4.mul(f32x4.splat(weightDecay), p));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), v128.load(firstMoment + at)),
      f32x4.mul(f32x4.splat(oneMinusBeta1), g),
    );
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(secondMoment + at)),
      f32x4.mul(f32x4.splat(oneMinusBeta2), f32x4.mul(g, g)),
    );
    const denominator = f32x4.add(
      f32x4.mul(f32x4.sqrt(v), f32x4.splat(inverseRootCorrection2)),
      f32x4.splat(epsilon),
    );
    v128.store(firstMoment + at, m);
    v128.store(secondMoment + at, v);
    const step = f32x4.mul(f32x4.splat(stepSize), f32x4.div(m, denominator));
    v128.store(out + at, f32x4.sub(f32x4.mul(f32x4.splat(kept), p), step));
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    const p = load<f32>(parameter + at);
    const g = load<f32>(gradient + at) + weightDecay * p;
    const m = beta1 * load<f32>(firstMoment + at) + oneMinusBeta1 * g;
    const v = beta2 * load<f32>(secondMoment + at) + oneMinusBeta2 * (g * g);
    const denominator = sqrt<f32>(v) * inverseRootCorrection2 + epsilon;
    store<f32>(firstMoment + at, m);
    store<f32>(secondMoment + at, v);
    store<f32>(out + at, kept * p - stepSize * (m / denominator));
  }
}
