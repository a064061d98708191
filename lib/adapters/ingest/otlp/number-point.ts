import type { ScalarSample } from '../../../domain/series/sample.ts'
import { isMeasure, NO_MEASURE, NO_TIME, readTimes, type SampleReading } from './sample-facts.ts'
import type { NumberPoint } from './schema.ts'

/** A point of a gauge or a sum. `isIncreasing` for what can only grow: a value below zero is refused there. */
export function readNumberPoint(point: NumberPoint, isIncreasing: boolean): SampleReading<ScalarSample> {
  const times = readTimes(point)
  if (times === null) return { ok: false, fault: NO_TIME }
  const field = point.asInt === null || point.asInt === undefined ? 'asDouble' : 'asInt'
  const value = point[field]
  if (value === null || value === undefined) {
    return { ok: false, fault: { field, message: 'is missing, and asInt as well' } }
  }
  if (!isMeasure(value)) return { ok: false, fault: { field, message: NO_MEASURE } }
  if (isIncreasing && value < 0) {
    return { ok: false, fault: { field, message: 'must not be negative, because the sum is monotonic' } }
  }
  return { ok: true, sample: { ...times, value } }
}
