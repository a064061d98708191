/** Figures that a few outliers do not move. */

/** The value at rank q of values in ascending order, between neighbours linearly; null of none. */
export function quantileOfSorted(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0) return null
  const position = q * (sorted.length - 1)
  const low = sorted[Math.floor(position)] ?? 0
  const high = sorted[Math.ceil(position)] ?? 0
  return low + (high - low) * (position - Math.floor(position))
}

export function median(values: readonly number[]): number | null {
  return quantileOfSorted(ascending(values), 0.5)
}

/** From consistency with the normal distribution: 1/Φ⁻¹(3/4), and the same for the distance between the quartiles. */
const OF_MAD = 1.4826
const OF_IQR = 0.7413
/** A series that hardly moves would call its next decimal an event. */
const OF_MEDIAN = 0.02

/** Middle and spread of values: the largest of three estimates, which survives that more than half of them are the same. Null of none. */
export function centreAndScale(values: readonly number[]): { centre: number; scale: number } | null {
  const sorted = ascending(values)
  const centre = quantileOfSorted(sorted, 0.5)
  if (centre === null) return null
  const deviation = median(sorted.map((value) => Math.abs(value - centre))) ?? 0
  const iqr = (quantileOfSorted(sorted, 0.75) ?? 0) - (quantileOfSorted(sorted, 0.25) ?? 0)
  return { centre, scale: Math.max(OF_MAD * deviation, OF_IQR * iqr, OF_MEDIAN * Math.abs(centre)) }
}

function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort())
}
