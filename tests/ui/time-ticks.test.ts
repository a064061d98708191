import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anchorOf, timeTicks } from '../../app/_components/charts/time-ticks.ts'
import { fieldsIn } from '../../lib/domain/time/format-zoned.ts'
import { DAY, HOUR, MINUTE } from '../../lib/domain/time/instant.ts'

const at = (iso: string) => Date.parse(iso)
const labels = (from: string, to: string, zone: string, locale: 'en' | 'fr' = 'en') =>
  timeTicks(at(from), at(to), zone, locale).map(({ label }) => label)

describe('labels stand at round wall-clock times of the zone', () => {
  test.each([
    [
      'an hour',
      '2026-11-21T10:00:00Z',
      '2026-11-21T11:00:00Z',
      'UTC',
      ['10:00', '10:10', '10:20', '10:30', '10:40', '10:50', '11:00'],
    ],
    ['a day', '2026-11-20T10:30:00Z', '2026-11-21T10:30:00Z', 'Europe/Paris', ['12:00', '18:00', '21 Nov', '06:00']],
    [
      'a day in Kathmandu',
      '2026-11-20T10:30:00Z',
      '2026-11-21T10:30:00Z',
      'Asia/Kathmandu',
      ['18:00', '21 Nov', '06:00', '12:00'],
    ],
    [
      'a week',
      '2026-11-14T10:00:00Z',
      '2026-11-21T10:00:00Z',
      'UTC',
      ['15 Nov', '16 Nov', '17 Nov', '18 Nov', '19 Nov', '20 Nov', '21 Nov'],
    ],
    [
      'a month of Mondays',
      '2026-10-22T00:00:00Z',
      '2026-11-21T00:00:00Z',
      'UTC',
      ['26 Oct', '2 Nov', '9 Nov', '16 Nov'],
    ],
  ])('over %s', (_name, from, to, zone, expected) => expect(labels(from, to, zone)).toEqual(expected))

  test('French months are French', () => {
    expect(labels('2026-11-14T10:00:00Z', '2026-11-21T10:00:00Z', 'Europe/Paris', 'fr')[0]).toBe('15 nov.')
  })

  test('the hours of the night on which Paris springs forward keep to the wall clock', () => {
    const ticks = timeTicks(at('2026-03-28T22:30:00Z'), at('2026-03-29T22:00:00Z'), 'Europe/Paris', 'en')
    expect(ticks.map(({ label }) => label)).toEqual(['29 Mar', '06:00', '12:00', '18:00', '30 Mar'])
  })

  test('the hour that falls back is named twice at most and never skipped', () => {
    const ticks = timeTicks(at('2026-10-24T22:00:00Z'), at('2026-10-25T06:00:00Z'), 'Europe/Paris', 'en')
    expect(ticks.map(({ label }) => label)).toEqual(['25 Oct', '02:00', '04:00', '06:00'])
  })
})

test('no range gets more than the labels it has room for, and all are inside, rising and round', () => {
  const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Auckland']
  fc.assert(
    fc.property(
      fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') }),
      fc.integer({ min: 30 * MINUTE, max: 100 * DAY }),
      fc.constantFrom(...zones),
      (from, length, zone) => {
        const ticks = timeTicks(from, from + length, zone, 'en')
        // A day that is 25 hours long may hold one tick more than a plain division says.
        expect(ticks.length).toBeLessThanOrEqual(9)
        for (const [index, tick] of ticks.entries()) {
          expect(tick.at).toBeGreaterThanOrEqual(from)
          expect(tick.at).toBeLessThanOrEqual(from + length)
          expect(tick.at).toBeGreaterThan(ticks[index - 1]?.at ?? 0)
          expect(fieldsIn(zone, tick.at).minute % 5).toBe(0)
          if (length > 8 * HOUR) expect(fieldsIn(zone, tick.at).minute % 30).toBe(0)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('on the narrowest plot no label leaves the page, wherever its tick stands', () => {
  const [plot, label] = [300, 50]
  const beginOf = { start: 0, middle: -label / 2, end: -label }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const begin = share * plot + beginOf[anchorOf(share)]
      expect(begin).toBeGreaterThanOrEqual(0)
      expect(begin + label).toBeLessThanOrEqual(plot)
    }),
  )
})
