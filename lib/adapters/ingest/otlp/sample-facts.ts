import type { Instant } from '../../../domain/time/instant.ts'
import { MAGNITUDE_MAX } from '../limits.ts'
import { fromNanoseconds } from './nanoseconds.ts'

/** A field of a point, from the point on, and the end of a sentence. */
export interface Fault {
  field: string
  message: string
}

export type SampleReading<Sample> = { ok: true; sample: Sample } | { ok: false; fault: Fault }

/** `DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK`: the series ended, and the point has no value. */
export function hasNoValue(flags: number | null | undefined): boolean {
  return ((flags ?? 0) & 1) === 1
}

/** When a point was taken, and since when it counts. A start that is not before the end says nothing. */
export function readTimes(point: {
  timeUnixNano?: string | number | null | undefined
  startTimeUnixNano?: string | number | null | undefined
}): { at: Instant; startAt: Instant | null } | null {
  const at = fromNanoseconds(point.timeUnixNano)
  if (at === null) return null
  const startAt = fromNanoseconds(point.startTimeUnixNano)
  return { at, startAt: startAt !== null && startAt <= at ? startAt : null }
}

export const NO_TIME: Fault = { field: 'timeUnixNano', message: 'is missing' }

/** Whether a number can be stored and added up. */
export function isMeasure(value: number): boolean {
  return Math.abs(value) <= MAGNITUDE_MAX
}

export const NO_MEASURE = `must be a finite number, at most ${MAGNITUDE_MAX}`
