/** Maps values to positions and picks the values worth a label. Pure; a chart's own 60 lines instead of a package. */

/** A value to a position from 0 to `length`; what lies outside the domain is held at its edge. */
export type Scale = (value: number) => number

/** Equal differences take equal distances. An empty domain puts everything in the middle. */
export function createLinearScale(domain: readonly [number, number], length: number): Scale {
  const [from, to] = domain
  if (to <= from) return () => length / 2
  return (value) => ((Math.min(Math.max(value, from), to) - from) / (to - from)) * length
}

/** Equal ratios take equal distances. The domain must be above zero. */
export function createLogScale(domain: readonly [number, number], length: number): Scale {
  const [from, to] = domain
  if (from <= 0) throw new Error(`a logarithmic scale starts above zero, not at ${from}`)
  const inner = createLinearScale([Math.log(from), Math.log(to)], length)
  return (value) => inner(Math.log(Math.max(value, from)))
}

const NICE_STEPS = [1, 2, 2.5, 5, 10]

/**
 * Round values from 0 to the first step at or above `max`, at most `count` steps: 0, 50, 100, 150. The last tick is the top
 * of the axis, so that nothing is drawn above the highest label.
 */
export function linearTicks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / count
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = (NICE_STEPS.find((nice) => nice * magnitude >= rough * (1 - 1e-9)) ?? 10) * magnitude
  const steps = Math.max(1, Math.ceil(max / step - 1e-9))
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** Powers of ten that enclose `[min, max]`: 10, 100, 1000. `min` must be above zero. */
export function logTicks(min: number, max: number): number[] {
  const from = Math.floor(Math.log10(min) + 1e-9)
  const to = Math.max(from + 1, Math.ceil(Math.log10(max) - 1e-9))
  return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index))
}
