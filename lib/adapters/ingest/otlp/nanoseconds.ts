import type { Instant } from '../../../domain/time/instant.ts'

/**
 * Milliseconds with three places behind the point, as fine as Postgres keeps time; null for nothing and for zero, which is protobuf's way
 * of saying nothing. Whole milliseconds would make one sample of the increments that two instances of a function send in the same one.
 */
export function fromNanoseconds(value: string | number | null | undefined): Instant | null {
  if (value === null || value === undefined) return null
  // By its digits: a 64-bit number of nanoseconds has more of them than a number here.
  const microseconds = typeof value === 'string' ? Number(value.slice(0, -3)) : Math.floor(value / 1e3)
  return microseconds > 0 ? microseconds / 1e3 : null
}
