import { buildWeekly } from '../../../lib/domain/report/build-weekly.ts'
import type { ReportFigures } from '../../../lib/domain/report/figures.ts'
import { planLastWeek } from '../../../lib/domain/report/plan-report.ts'
import type { WeeklyReport } from '../../../lib/domain/report/weekly-report.ts'
import { HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { dayOf, latenciesAround, monitorOf, spanOf } from '../../domain/report/figures-of.ts'

/** Monday 16 November 2026, 09:00 in Paris. */
export const DUE_AT: Instant = Date.UTC(2026, 10, 16, 8)

/** A week with an outage, a slow day and an hour without a watcher, after a calmer one. */
export function sampleReport(options: { locale?: Locale; name?: string } = {}): WeeklyReport {
  const timeZone = 'Europe/Paris'
  const plan = planLastWeek(timeZone, DUE_AT)
  const { locale = 'en', name = 'Acme' } = options
  const project = { slug: 'acme', name, timeZone, locale }
  return buildWeekly({
    project,
    plan,
    figures: sampleFigures(plan.span.from),
    before: {
      monitors: [
        { ...monitorOf('checkout', spanOf(latenciesAround(300, 2000), { down: 1 })), name: 'Checkout API' },
        { ...monitorOf('shop', spanOf(latenciesAround(150, 2000), { down: 2 })), name: 'Shop front' },
        { ...monitorOf('search', spanOf(latenciesAround(210, 2000))), name: 'Search' },
      ],
      days: [],
      deployments: null,
      incidents: [
        {
          number: 9,
          title: 'Shop front is down',
          priority: 'P1',
          startedAt: plan.spanBefore.from + HOUR,
          acknowledgedAt: null,
          resolvedAt: plan.spanBefore.from + HOUR + 9 * MINUTE,
        },
      ],
      satisfaction: { count: 41, sum: 180 },
    },
  })
}

function sampleFigures(from: Instant): ReportFigures {
  const tuesday = from + 27 * HOUR + 12 * MINUTE
  const middles = [290, 310, 620, 300, 280, 240, 250]
  const downs = [0, 31, 2, 0, 0, 0, 0]
  return {
    monitors: [
      { ...monitorOf('shop', spanOf(latenciesAround(149, 2000))), name: 'Shop front' },
      { ...monitorOf('checkout', spanOf(latenciesAround(410, 2000), { down: 33, unknown: 60 })), name: 'Checkout API' },
      { ...monitorOf('billing-worker', spanOf([], { unknown: 40 })), name: 'Billing worker heartbeat' },
      { ...monitorOf('search', spanOf(latenciesAround(205, 2000))), name: 'Search' },
    ],
    days: middles.map((middle, index) =>
      dayOf(from, index, spanOf(latenciesAround(middle, 800), { down: downs[index] ?? 0 })),
    ),
    deployments: null,
    incidents: [
      {
        number: 12,
        title: 'Checkout API is down',
        priority: 'P0',
        startedAt: tuesday,
        acknowledgedAt: tuesday + 4 * MINUTE,
        resolvedAt: tuesday + 31 * MINUTE,
      },
      {
        number: 13,
        title: 'Checkout API is slow',
        priority: 'P2',
        startedAt: tuesday + 30 * HOUR,
        acknowledgedAt: null,
        resolvedAt: tuesday + 30 * HOUR + 12 * MINUTE,
      },
    ],
    satisfaction: { count: 37, sum: 158 },
  }
}
