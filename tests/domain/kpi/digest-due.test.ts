import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DigestHistory, dueDigestDay } from '../../../lib/domain/kpi/digest-due.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { localDateIn } from '../../../lib/domain/time/zoned.ts'

const NINE = Date.UTC(2026, 10, 21, 8)
const history: DigestHistory = { timeZone: 'Europe/Paris', wantedSince: NINE - DAY, lastDay: null, hasRunning: false }

it.each<[string, Partial<DigestHistory>, number, string | null]>([
  ['before nine', {}, NINE - 1, null],
  ['at nine', {}, NINE, '2026-11-21'],
  ['in the evening, when the machine was away', {}, NINE + 14 * HOUR, '2026-11-21'],
  ['twice', { lastDay: '2026-11-21' }, NINE + HOUR, null],
  ['the day after', { lastDay: '2026-11-20' }, NINE, '2026-11-21'],
  ['wanted since a minute past nine', { wantedSince: NINE + MINUTE }, NINE + HOUR, null],
  ['wanted since nine', { wantedSince: NINE }, NINE, '2026-11-21'],
  ['while queries run', { hasRunning: true }, NINE + 4 * MINUTE, null],
  ['while queries run for ever', { hasRunning: true }, NINE + 5 * MINUTE, '2026-11-21'],
])('a digest %s', (_name, changes, now, day) => {
  expect(dueDigestDay({ ...history, ...changes }, now)).toBe(day)
})

it('in every zone each day has exactly one, whenever it is asked for', () => {
  const zones = fc.constantFrom(
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kolkata',
  )
  const start = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) })
  const steps = fc.array(fc.integer({ min: 1, max: 7 * HOUR }), { minLength: 30, maxLength: 60 })
  fc.assert(
    fc.property(zones, start, steps, (timeZone, startAt, given) => {
      let lastDay: string | null = null
      let now = startAt
      for (const step of given) {
        now += step
        const day = dueDigestDay({ timeZone, wantedSince: startAt - DAY, lastDay, hasRunning: false }, now)
        if (day === null) continue
        expect(day).toBe(localDateIn(timeZone, now))
        expect(lastDay === null || day > lastDay).toBe(true)
        lastDay = day
      }
    }),
    { numRuns: 50 },
  )
})
