import type { Instant } from '../time/instant.ts'
import type { KpiFault } from './reading.ts'

/** A KPI with its newest value, as the API and the daily digest tell it. */
export interface KpiFigure {
  key: string
  name: string
  unit: string
  kind: 'sql' | 'pushed'
  /** Null before the first. */
  value: number | null
  valueAt: Instant | null
  /** A day before; null when there was none. */
  beforeValue: number | null
  lowerLimit: number | null
  upperLimit: number | null
  /** Null for what is pushed, and before the first run. */
  lastRunAt: Instant | null
  /** Why the last run gave no figure; null when it did. */
  fault: KpiFault | null
  error: string | null
}

/** Which limit a figure crossed; null for none. A limit itself is still good. */
export function crossedLimit(
  value: number | null,
  { lowerLimit, upperLimit }: Pick<KpiFigure, 'lowerLimit' | 'upperLimit'>,
): 'below' | 'above' | null {
  if (value === null) return null
  if (lowerLimit !== null && value < lowerLimit) return 'below'
  return upperLimit !== null && value > upperLimit ? 'above' : null
}
