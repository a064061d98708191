import { DAY, HOUR, MINUTE, SECOND } from './instant.ts'

/** A length of time as people write it in a file: `10s`, `500ms`, `1h30m`, `1d`. Whole numbers, largest unit first. */
export const DURATION_PATTERN = /^(?=\d)(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m(?!s))?(?:\d{1,9}s)?(?:\d{1,9}ms)?$/

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', 1],
] as const

/** Milliseconds of `1m30s`; null when the text is no duration. A bare number is none: nobody can tell seconds from minutes. */
export function parseDuration(text: string): number | null {
  if (!DURATION_PATTERN.test(text)) return null
  const parts = [...text.matchAll(/(\d+)(ms|[dhms])/g)]
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS.find(([name]) => name === unit)?.[1] ?? 0),
    0,
  )
}

/** The shortest text that `parseDuration` reads as `durationMs`, a whole number from 0 on: 90,000 is `1m30s`. */
export function writeDuration(durationMs: number): string {
  let rest = durationMs
  const parts = UNITS.map(([name, length]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? '' : `${count}${name}`
  })
  return parts.join('') || '0s'
}
