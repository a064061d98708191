import { expect, test } from 'vitest'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createReportStore } from '../../lib/adapters/supabase/report-store.ts'
import { quantile } from '../../lib/domain/series/histogram.ts'
import { HOUR, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { weekFrom } from '../../lib/domain/time/week.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const zone = 'Asia/Kathmandu'
const { startAt: from, endAt: until } = weekFrom(zone, '2026-11-09')
const fixture = await reportFixture(stack, { startAt: until + 9 * HOUR, timeZone: zone })
const store = createReportStore(stack.service as unknown as Client)

test('percentiles of a week from hourly histograms are within 0.55 % of those of all its results', async () => {
  const monitors = [await fixture.addMonitor('fast'), await fixture.addMonitor('slow')]
  for (const [index, monitor] of monitors.entries()) {
    // Log-normal, as response times are; the whole week and a day on either side.
    await stack.sql`
      insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
      select ${monitor}, ${fixture.projectId}, at, at, 'up', exp(4 + ${index}::int + random_normal())
      from generate_series(${toIso(from - 24 * HOUR)}::timestamptz, ${toIso(until + 24 * HOUR)}::timestamptz, interval '5 minutes') as at`
  }
  await stack.sql`select public.rollup_probe_results(${toIso(from - 24 * HOUR)}, ${toIso(until + 24 * HOUR)})`

  const figures = await store.readFigures(fixture.projectId, { from, until }, zone)
  expect(figures.monitors.map(({ key }) => key)).toEqual(['fast', 'slow'])
  for (const [index, monitor] of figures.monitors.entries()) {
    for (const q of [0.5, 0.95, 0.99]) {
      // Kathmandu is 5:45 ahead: its week of whole hours begins and ends three quarters of an hour late.
      const [row] = await stack.sql`
        select percentile_disc(${q}) within group (order by latency_ms)::float8 as exact, count(*)::int as n
        from public.probe_results where monitor_id = ${monitors[index] ?? ''}
          and slot_at >= ${toIso(from + 45 * MINUTE)} and slot_at < ${toIso(until + 45 * MINUTE)}`
      const bounds = { minMs: monitor.latencyMinMs, maxMs: monitor.latencyMaxMs }
      const estimate = quantile(monitor.histogram, q, bounds) ?? Number.NaN
      expect(Math.abs(estimate / row?.exact - 1)).toBeLessThan(0.0055)
      expect(monitor.latencyCount).toBe(row?.n)
    }
  }
})

test('days of the plots are local days, and add up to the week', async () => {
  const figures = await store.readFigures(fixture.projectId, { from, until }, zone)
  expect(figures.days.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6].map((day) => from + day * 24 * HOUR))
  const sum = (spans: { latencyCount: number }[]) => spans.reduce((total, { latencyCount }) => total + latencyCount, 0)
  expect(sum(figures.days)).toBe(sum(figures.monitors))
})
