/** Numbers from 0 up to 1. */
export type Chance = () => number

/** A repeatable sequence: the same seed tells the same story. Mulberry32, good enough for a pretended shop. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number whose logarithm is normal: most near `median`, some far above it, as durations are. Box and Muller's transform. */
export function logNormal(chance: Chance, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  return median * Math.exp(spread * normal)
}

/** How often something happened that happens `mean` times on average. Knuth's way for few, a rounded normal for many. */
export function poisson(chance: Chance, mean: number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = chance(); product > limit; product *= chance()) count += 1
  return count
}

/** One of `choices`, as often as its weight says. */
export function pick<T extends { weight: number }>(chance: Chance, choices: [T, ...T[]]): T {
  let left = chance() * choices.reduce((sum, { weight }) => sum + weight, 0)
  for (const choice of choices) {
    left -= choice.weight
    if (left < 0) return choice
  }
  return choices[0]
}
