import { describe, expect, test } from 'vitest'
import { DAY, HOUR, type Instant } from '../../lib/domain/time/instant.ts'
import type { ActiveUsers, PageVitals, VitalAnswer, VitalQuestion } from '../../lib/ports/vital-reader.ts'
import { orderPages, readVitals, type VitalRequest } from '../../lib/queries/vitals.ts'

const NOW = Date.UTC(2026, 10, 21, 23, 30)
const REQUEST: VitalRequest = {
  range: '28d',
  metric: 'lcp',
  device: null,
  country: null,
  release: null,
  order: 'worst',
}
const figures = (p75: number) => ({ p75, count: 10, good: 10, poor: 0 })

function page(name: string, views: number, lcp?: number): PageVitals {
  return { page: name, views, metrics: lcp === undefined ? {} : { lcp: figures(lcp) } }
}

async function read(
  request: Partial<VitalRequest>,
  answered: Partial<VitalAnswer> = {},
  users: ActiveUsers[] = [],
  timeZone = 'UTC',
) {
  const asked: VitalQuestion[] = []
  const readers = {
    vitals: {
      query: async (_id: string, question: VitalQuestion) => {
        asked.push(question)
        return { lastSeenAt: null, totals: {}, trend: {}, pageCount: 0, pages: [], ...answered }
      },
      listActiveUsers: async () => users,
      readSite: async () => ({ publicKey: 'site_x', allowedOrigins: [] }),
    },
    telemetry: { listAttributeValues: async (_id: string, _metric: string, name: string) => [`${name} of ttfb`] },
  }
  return { asked, read: await readVitals(readers, { id: 'p', timeZone }, { ...REQUEST, ...request }, NOW as Instant) }
}

describe('the range', () => {
  test.each([
    ['24h', HOUR, Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 22)],
    ['7d', DAY, Date.UTC(2026, 10, 15), Date.UTC(2026, 10, 22)],
    ['28d', DAY, Date.UTC(2026, 9, 25), Date.UTC(2026, 10, 22)],
  ] as const)('%s ends with the running step and consists of whole ones', async (range, stepMs, from, until) => {
    const { asked } = await read({ range })
    expect(asked).toEqual([{ from, until, stepMs, where: {} }])
  })

  test('only what is chosen narrows it', async () => {
    const { asked } = await read({ device: 'mobile', release: '1.2' })
    expect(asked[0]?.where).toEqual({ device: 'mobile', release: '1.2' })
  })
})

test('it passes or not by the totals, and names what was measured in one order', async () => {
  const totals = { cls: figures(0.05), ttfb: figures(300), lcp: figures(2_000), inp: figures(201) }
  const { read: answer } = await read({}, { totals })
  expect(answer.assessment).toBe('fails')
  expect(answer.measured).toEqual(['lcp', 'inp', 'cls', 'ttfb'])
  expect((await read({})).read.assessment).toBe('unknown')
})

test('today, yesterday and the weeks are those of the project’s clocks; a day without anybody is zero', async () => {
  const users: ActiveUsers[] = [
    { period: 'day', startsOn: '2026-11-22', count: 4 },
    { period: 'day', startsOn: '2026-11-21', count: 9 },
    { period: 'week', startsOn: '2026-11-16', count: 20 },
  ]
  expect((await read({}, {}, users)).read.users).toEqual({ today: 9, yesterday: 0, thisWeek: 20, lastWeek: 0 })
  // Half past eight on Sunday morning.
  expect((await read({}, {}, users, 'Asia/Tokyo')).read.users).toEqual({
    today: 4,
    yesterday: 9,
    thisWeek: 20,
    lastWeek: 0,
  })
})

describe('the order of pages', () => {
  const pages = [
    page('/', 90, 900),
    page('/rare', 3),
    page('/slow', 5, 4_000),
    page('/busy', 100, 900),
    page('/none', 50),
  ]
  const names = (order: VitalRequest['order']) => orderPages(pages, { metric: 'lcp', order }).map((one) => one.page)

  test('worst first: the highest p75, among equals the busier one; those without the metric last', () => {
    expect(names('worst')).toEqual(['/slow', '/busy', '/', '/none', '/rare'])
  })
  test('busiest first: by page views alone', () => {
    expect(names('busiest')).toEqual(['/busy', '/', '/none', '/slow', '/rare'])
  })
})
