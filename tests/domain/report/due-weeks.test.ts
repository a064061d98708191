import { expect, test } from 'vitest'
import { listDueWeeks, type ReportHistory } from '../../../lib/domain/report/due-weeks.ts'

const at = (text: string) => Date.parse(text)
/** Monday 16 November 2026 09:00 in Paris is 08:00 UTC. */
const history: ReportHistory = {
  timeZone: 'Europe/Paris',
  createdAt: at('2026-01-01T00:00:00Z'),
  wantedSince: at('2026-01-01T00:00:00Z'),
  lastFirstDay: '2026-11-02',
  unfinished: [],
}

test.each([
  ['at 09:00 on Monday the week before is due', {}, '2026-11-16T08:00:00Z', ['2026-11-09']],
  ['a second before it is not', {}, '2026-11-16T07:59:59Z', []],
  ['on Thursday it still is, if nobody ran before', {}, '2026-11-19T20:00:00Z', ['2026-11-09']],
  ['a week that has a report has no other', { lastFirstDay: '2026-11-09' }, '2026-11-16T08:00:00Z', []],
  ['a project without any report gets its first', { lastFirstDay: null }, '2026-11-16T08:00:00Z', ['2026-11-09']],
  [
    'of weeks that were slept through, the last is told',
    { lastFirstDay: '2026-10-05' },
    '2026-11-16T08:00:00Z',
    ['2026-11-09'],
  ],
  [
    'a project made on Sunday gets the report of its one day',
    { lastFirstDay: null, createdAt: at('2026-11-15T20:00:00Z') },
    '2026-11-16T08:00:00Z',
    ['2026-11-09'],
  ],
  [
    'a project made on Monday morning gets none',
    { lastFirstDay: null, createdAt: at('2026-11-16T07:00:00Z') },
    '2026-11-16T08:00:00Z',
    [],
  ],
  [
    'recipients named on Wednesday wait for next Monday',
    { lastFirstDay: null, wantedSince: at('2026-11-18T10:00:00Z') },
    '2026-11-18T10:01:00Z',
    [],
  ],
  [
    'recipients named on Monday before nine are in time',
    { lastFirstDay: null, wantedSince: at('2026-11-16T07:30:00Z') },
    '2026-11-16T08:00:00Z',
    ['2026-11-09'],
  ],
  [
    'an unfinished report is taken up before the new one',
    { unfinished: ['2026-11-02'] },
    '2026-11-16T08:00:00Z',
    ['2026-11-02', '2026-11-09'],
  ],
] as [string, Partial<ReportHistory>, string, string[]][])('%s', (_, change, now, expected) => {
  expect(listDueWeeks({ ...history, ...change }, at(now)).map(({ firstDay }) => firstDay)).toEqual(expected)
})
