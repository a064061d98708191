import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsIn } from '../../../lib/domain/time/format-zoned.ts'
import { DAY, HOUR, type Instant, toIso } from '../../../lib/domain/time/instant.ts'
import { weekAt, weekDueAt, weekFrom } from '../../../lib/domain/time/week.ts'
import { addDays, instantIn, localDateIn, weekdayOf } from '../../../lib/domain/time/zoned.ts'

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']
const at = (text: string): Instant => Date.parse(text)
const zones = fc.constantFrom(...ZONES)
const instants = fc.integer({ min: at('1995-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') })

describe('the report of a week is due on the Monday after it at 09:00 local time', () => {
  test.each([
    ['UTC', '2026-11-16T09:00:00Z', '2026-11-09', '2026-11-16T09:00:00.000Z', 168],
    ['UTC', '2026-11-16T08:59:59Z', '2026-11-02', '2026-11-09T09:00:00.000Z', 168],
    ['Europe/Paris', '2026-11-16T08:00:00Z', '2026-11-09', '2026-11-16T08:00:00.000Z', 168],
    // Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026.
    ['Europe/Paris', '2026-03-30T07:00:00Z', '2026-03-23', '2026-03-30T07:00:00.000Z', 167],
    ['Europe/Paris', '2026-03-30T06:59:59Z', '2026-03-16', '2026-03-23T08:00:00.000Z', 168],
    ['Europe/Paris', '2026-10-26T08:00:00Z', '2026-10-19', '2026-10-26T08:00:00.000Z', 169],
    ['America/New_York', '2026-11-02T14:00:00Z', '2026-10-26', '2026-11-02T14:00:00.000Z', 169],
    ['Asia/Kathmandu', '2026-11-16T03:15:00Z', '2026-11-09', '2026-11-16T03:15:00.000Z', 168],
    // Kiritimati is 14 hours ahead: its Monday morning is Sunday evening in UTC.
    ['Pacific/Kiritimati', '2026-11-15T19:00:00Z', '2026-11-09', '2026-11-15T19:00:00.000Z', 168],
    // Lord Howe changes by half an hour.
    ['Australia/Lord_Howe', '2026-04-06T12:00:00Z', '2026-03-30', '2026-04-05T22:30:00.000Z', 168.5],
    // Samoa had no Friday 30 December 2011.
    ['Pacific/Apia', '2012-01-02T12:00:00Z', '2011-12-26', '2012-01-01T19:00:00.000Z', 144],
  ])('%s at %s: week of %s', (zone, now, firstDay, dueAt, hours) => {
    const week = weekDueAt(zone, at(now))
    expect(week.firstDay).toBe(firstDay)
    expect(toIso(week.dueAt)).toBe(dueAt)
    expect((week.endAt - week.startAt) / HOUR).toBe(hours)
  })
})

test('in every zone of the world a due week is the last whole one before a Monday 09:00 that has passed', () => {
  for (const zone of ZONES) {
    fc.assert(
      fc.property(instants, (now) => {
        const { firstDay, lastDay, startAt, endAt, dueAt } = weekDueAt(zone, now)
        expect(weekdayOf(firstDay)).toBe(0)
        expect(lastDay).toBe(addDays(firstDay, 6))
        expect(startAt < endAt && endAt < dueAt && dueAt <= now).toBe(true)
        expect(now - dueAt).toBeLessThan(8 * DAY)
        expect(fieldsIn(zone, dueAt)).toMatchObject({ weekday: 1, hour: 9, minute: 0, second: 0 })
        expect(localDateIn(zone, startAt)).toBe(firstDay)
        expect(localDateIn(zone, endAt)).toBe(addDays(firstDay, 7))
        expect(localDateIn(zone, startAt - 1) < firstDay).toBe(true)
        expect(localDateIn(zone, endAt - 1) < addDays(firstDay, 7)).toBe(true)
      }),
      { numRuns: 12 },
    )
  }
})

test('weeks follow one another without a gap or an overlap, and each instant is in one of them', () => {
  fc.assert(
    fc.property(zones, instants, (zone, now) => {
      const week = weekAt(zone, now)
      expect(week.startAt <= now && now < week.endAt).toBe(true)
      expect(weekFrom(zone, addDays(week.firstDay, 7)).startAt).toBe(week.endAt)
    }),
    { numRuns: 400 },
  )
})

test('however often one asks between two due times, the week is the same', () => {
  fc.assert(
    fc.property(zones, instants, fc.double({ min: 0, max: 1, noNaN: true }), (zone, now, share) => {
      const week = weekDueAt(zone, now)
      const next = instantIn(zone, addDays(week.firstDay, 14), 9 * HOUR)
      expect(weekDueAt(zone, Math.floor(week.dueAt + share * (next - 1 - week.dueAt)))).toEqual(week)
    }),
    { numRuns: 400 },
  )
})

describe('a time that a clock change skips or repeats', () => {
  test.each([
    ['an ordinary midnight', 'Europe/Paris', '2026-11-21', 0, '2026-11-20T23:00:00.000Z'],
    ['a repeated hour is its first occurrence', 'Europe/Paris', '2026-10-25', 2.5, '2026-10-25T00:30:00.000Z'],
    ['a skipped hour is the moment of the change', 'Europe/Paris', '2026-03-29', 2.5, '2026-03-29T01:00:00.000Z'],
    [
      'a day that begins at 01:00 because midnight is skipped',
      'Africa/Cairo',
      '2026-04-24',
      0,
      '2026-04-23T22:00:00.000Z',
    ],
    ['an unknown zone is read as UTC', 'Mars/Olympus', '2026-11-21', 9, '2026-11-21T09:00:00.000Z'],
  ])('%s', (_, zone, date, hours, expected) => {
    expect(toIso(instantIn(zone, date, hours * HOUR))).toBe(expected)
  })
})
