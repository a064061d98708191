import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MaintenancePlan } from '../../../lib/domain/mute/maintenance.ts'
import { occurrencesOf } from '../../../lib/domain/mute/occurrences.ts'
import { planAhead } from '../../../lib/domain/mute/plan-ahead.ts'
import { parseRecurrence } from '../../../lib/domain/mute/recurrence.ts'
import { DAY, HOUR, MINUTE, toIso } from '../../../lib/domain/time/instant.ts'

const FAR = Date.UTC(2040, 0, 1)

function plan(changes: Partial<MaintenancePlan> = {}): MaintenancePlan {
  const base = { timeZone: 'America/New_York', startDate: '1997-09-02', startTimeMs: 9 * HOUR }
  return { ...base, durationMs: HOUR, recurrence: null, ...changes }
}
const days = (recurrence: string, limit: number, startDate = '1997-09-02') =>
  occurrencesOf(plan({ recurrence, startDate, timeZone: 'UTC' }), Date.UTC(1990, 0), FAR, limit).map(({ startsAt }) =>
    toIso(startsAt).slice(0, 10),
  )

describe('the examples of RFC 5545, section 3.8.5.3', () => {
  test.each<[string, string, string[], string?]>([
    ['daily for 3 times', 'FREQ=DAILY;COUNT=3', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['every other day', 'FREQ=DAILY;INTERVAL=2', ['1997-09-02', '1997-09-04', '1997-09-06', '1997-09-08']],
    [
      'every 10 days, 5 times',
      'FREQ=DAILY;INTERVAL=10;COUNT=5',
      ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12'],
    ],
    ['weekly until', 'FREQ=WEEKLY;UNTIL=19970917', ['1997-09-02', '1997-09-09', '1997-09-16']],
    [
      'every other week, week starting on Sunday',
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
      ['1997-09-02', '1997-09-16', '1997-09-30', '1997-10-14'],
    ],
    [
      'weekly on Tuesday and Thursday',
      'FREQ=WEEKLY;COUNT=4;WKST=SU;BYDAY=TU,TH',
      ['1997-09-02', '1997-09-04', '1997-09-09', '1997-09-11'],
    ],
    [
      'every other week on Monday, Wednesday and Friday from a Monday on',
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR;COUNT=7',
      ['1997-09-01', '1997-09-03', '1997-09-05', '1997-09-15', '1997-09-17', '1997-09-19', '1997-09-29'],
      '1997-09-01',
    ],
    [
      'monthly on the first Friday',
      'FREQ=MONTHLY;COUNT=4;BYDAY=1FR',
      ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05'],
      '1997-09-05',
    ],
    [
      'every other month on the first and last Sunday',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU',
      ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30'],
      '1997-09-07',
    ],
    [
      'monthly on the second-to-last Monday',
      'FREQ=MONTHLY;COUNT=4;BYDAY=-2MO',
      ['1997-09-22', '1997-10-20', '1997-11-17', '1997-12-22'],
      '1997-09-22',
    ],
    [
      'monthly on the third-to-last day',
      'FREQ=MONTHLY;BYMONTHDAY=-3',
      ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29'],
      '1997-09-28',
    ],
    [
      'monthly on the 2nd and 15th',
      'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15',
      ['1997-09-02', '1997-09-15', '1997-10-02', '1997-10-15'],
    ],
    [
      'every Tuesday, every other month',
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
      ['1997-09-02', '1997-09-09', '1997-09-16', '1997-09-23', '1997-09-30', '1997-11-04'],
    ],
    [
      'yearly in June and July',
      'FREQ=YEARLY;COUNT=4;BYMONTH=6,7',
      ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10'],
      '1997-06-10',
    ],
    [
      'every 20th Monday of the year',
      'FREQ=YEARLY;BYDAY=20MO',
      ['1997-05-19', '1998-05-18', '1999-05-17'],
      '1997-05-19',
    ],
    [
      'every Thursday in March',
      'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
      ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05'],
      '1997-03-13',
    ],
    [
      'every Friday the 13th, after the first day',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      ['1997-09-02', '1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13', '2000-10-13'],
    ],
    [
      'the third of Tuesday, Wednesday and Thursday in the month',
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      ['1997-09-04', '1997-10-07', '1997-11-06'],
      '1997-09-04',
    ],
    [
      'the second-to-last weekday of the month',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30'],
      '1997-09-29',
    ],
    [
      'a day that not every month has is left out where it is missing',
      'FREQ=MONTHLY;COUNT=4',
      ['2007-01-31', '2007-03-31', '2007-05-31', '2007-07-31'],
      '2007-01-31',
    ],
    [
      'the week begins on Monday',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
      '1997-08-05',
    ],
    [
      'the week begins on Sunday',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
      '1997-08-05',
    ],
  ])('%s', (_name, recurrence, expected, startDate) => {
    expect(days(recurrence, expected.length, startDate)).toEqual(expected)
  })
  test('a rule that is never due ends', () => {
    expect(days('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 5, '2026-01-01')).toEqual(['2026-01-01'])
  })
})

describe('clock changes', () => {
  const paris = (startDate: string, startTimeMs: number, durationMs: number) => {
    const [first] = occurrencesOf(plan({ timeZone: 'Europe/Paris', startDate, startTimeMs, durationMs }), 0, FAR, 1)
    return first && [toIso(first.startsAt), toIso(first.endsAt)]
  }
  test('a nightly window stays at its time on the wall', () => {
    const nightly = plan({
      timeZone: 'Europe/Paris',
      startDate: '2026-03-27',
      startTimeMs: 4 * HOUR,
      recurrence: 'FREQ=DAILY',
    })
    expect(occurrencesOf(nightly, 0, FAR, 4).map(({ startsAt }) => toIso(startsAt).slice(0, 16))).toEqual([
      '2026-03-27T03:00',
      '2026-03-28T03:00',
      '2026-03-29T02:00',
      '2026-03-30T02:00',
    ])
  })
  test.each<[string, string, number, number, string[]]>([
    [
      'one over the hour that is skipped ends on the wall',
      '2026-03-29',
      HOUR,
      3 * HOUR,
      ['2026-03-29T00:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    ],
    [
      'one that begins in it begins with the change',
      '2026-03-29',
      2.5 * HOUR,
      2 * HOUR,
      ['2026-03-29T01:00:00.000Z', '2026-03-29T02:30:00.000Z'],
    ],
    [
      'one that lies in it lasts as long as it should',
      '2026-03-29',
      2 * HOUR,
      30 * MINUTE,
      ['2026-03-29T01:00:00.000Z', '2026-03-29T01:30:00.000Z'],
    ],
    [
      'one over the hour that comes twice covers both',
      '2026-10-25',
      HOUR,
      3 * HOUR,
      ['2026-10-24T23:00:00.000Z', '2026-10-25T03:00:00.000Z'],
    ],
    ['over midnight', '2026-10-24', 23 * HOUR, 2 * HOUR, ['2026-10-24T21:00:00.000Z', '2026-10-24T23:00:00.000Z']],
  ])('%s', (_name, date, startTimeMs, durationMs, expected) => {
    expect(paris(date, startTimeMs, durationMs)).toEqual(expected)
  })
})

describe('laws', () => {
  const rules = fc.constantFrom(
    null,
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=WEEKLY;BYDAY=MO,TH',
    'FREQ=MONTHLY;BYDAY=-1SU',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  )
  const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
  const plans = fc.record({
    timeZone: zones,
    startDate: fc.integer({ min: 0, max: 700 }).map((n) => toIso(Date.UTC(2026, 0, 1) + n * DAY).slice(0, 10)),
    startTimeMs: fc.integer({ min: 0, max: 24 * 60 - 1 }).map((n) => n * MINUTE),
    durationMs: fc.integer({ min: 1, max: 7 * 24 * 60 }).map((n) => n * MINUTE),
    recurrence: rules,
  })
  test('times are in order, never empty, and asking for a part answers that part of the whole', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 900 }), (given, from) => {
        const fromAt = Date.UTC(2026, 0, 1) + from * DAY
        const all = occurrencesOf(given, 0, fromAt + 90 * DAY, 10_000)
        const part = occurrencesOf(given, fromAt, fromAt + 90 * DAY, 10_000)
        expect(part).toEqual(all.filter(({ endsAt }) => endsAt > fromAt))
        for (const [index, { startsAt, endsAt }] of all.entries()) {
          expect(endsAt).toBeGreaterThan(startsAt)
          expect(startsAt).toBeGreaterThan(all[index - 1]?.startsAt ?? 0)
        }
      }),
      { numRuns: 100 },
    )
  })
})

test('the next time is known however far it is, and none is made up for what is over', () => {
  const now = Date.UTC(2026, 10, 21)
  const yearly = plan({ timeZone: 'UTC', startDate: '2026-11-01', recurrence: 'FREQ=YEARLY' })
  expect(planAhead(yearly, now).occurrences.map(({ startsAt }) => toIso(startsAt))).toEqual([
    '2027-11-01T09:00:00.000Z',
  ])
  expect(planAhead(plan({ startDate: '2026-11-01' }), now).occurrences).toEqual([])
})

test.each([
  ['FREQ=HOURLY', /DAILY, WEEKLY/],
  ['FREQ=DAILY;BYHOUR=3', /BYHOUR/],
  ['INTERVAL=2', /FREQ/],
  ['FREQ=DAILY;COUNT=2;UNTIL=20270101', /exclude/],
  ['FREQ=WEEKLY;BYDAY=2MO', /BYDAY/],
  ['FREQ=MONTHLY;BYMONTHDAY=32', /monthDays/],
  ['FREQ=DAILY;INTERVAL=0', /interval/],
  ['FREQ=DAILY;UNTIL=20260230', /UNTIL/],
  ['FREQ=DAILY;FREQ=DAILY', /one value/],
])('the rule %s is refused with a reason', (text, reason) => {
  const parsed = parseRecurrence(text)
  expect(parsed.ok ? '' : parsed.message).toMatch(reason)
})
