/**
 * One step of gradient descent with momentum on elements [start, end): v ← μv + (g + λθ) in place, θ − ηv to `out`.
 * NOTE: the parameter is not overwritten, because tfjs caches packed matMul operands by tensor (adamStep/op.ts).
 */

export function momentumStep(
  parameter: usize,
  velocity: usize,
  gradient: usize,
  out: usize,
  learningRate: f32,
  momentum: f32,
  weightDecay: f32,
  start: i32,
  end: i32,
): void {
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const at = (<usize>i) << 2;
    const p = v128.load(parameter + at);
    const g = f32x4.add(v128.load(gradient + at), f32x4.mul(f32x4.splat(weightDecay), p));
    const v = f32x4.add(f32x4.mul(f32x4.splat(momentum), v128.load(velocity + at)), g);
    v128.store(velocity + at, v);
    v128.store(out + at, f32x4.sub(p, f32x4.mul(f32x4.splat(learningRate), v)));
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    const p = load<f32>(parameter + at);
    const v = momentum * load<f32>(velocity + at) + (load<f32>(gradient + at) + weightDecay * p);
    store<f32>(velocity + at, v);
    store<f32>(out + at, p - learningRate * v);
  }
}
