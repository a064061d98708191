import { DAY, HOUR, type Instant } from '../domain/time/instant.ts'
import { weekAt } from '../domain/time/week.ts'
import { addDays, localDateIn } from '../domain/time/zoned.ts'
import type { Device } from '../domain/vital/visitor-facts.ts'
import { assessVitals, VITALS, type Vital } from '../domain/vital/vital.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'
import type { ActiveUsers, PageVitals, SiteSettings, VitalAnswer, VitalReader } from '../ports/vital-reader.ts'

/** 28 days are what Google judges by. Days are UTC's, as rollups hold them. */
const RANGES = {
  '24h': { spanMs: DAY, stepMs: HOUR },
  '7d': { spanMs: 7 * DAY, stepMs: DAY },
  '28d': { spanMs: 28 * DAY, stepMs: DAY },
} as const
export type VitalRange = keyof typeof RANGES
export const VITAL_RANGES = Object.keys(RANGES) as [VitalRange, ...VitalRange[]]

/** `worst`: the highest p75 of the chosen metric first. */
export const PAGE_ORDERS = ['worst', 'busiest'] as const

/** What the address of the page says. */
export interface VitalRequest {
  range: VitalRange
  /** Drawn, and what pages are ordered by. */
  metric: Vital
  device: Device | null
  country: string | null
  release: string | null
  order: (typeof PAGE_ORDERS)[number]
}

export interface VitalsPage {
  answer: VitalAnswer
  assessment: ReturnType<typeof assessVitals>
  /** Those of which something was measured, in the order of the domain. */
  measured: readonly Vital[]
  /** In the order asked for. */
  pages: readonly PageVitals[]
  countries: readonly string[]
  releases: readonly string[]
  users: { today: number; yesterday: number; thisWeek: number; lastWeek: number }
  site: SiteSettings
  from: Instant
  until: Instant
  stepMs: number
}

interface Readers {
  vitals: VitalReader
  telemetry: Pick<TelemetryReader, 'listAttributeValues'>
}

/** Each page view reports it, so that it knows every country and release. */
const MOST_FREQUENT = 'web.ttfb'

/** Web vitals of a project over a range, with everything that can be chosen instead. */
export async function readVitals(
  { vitals, telemetry }: Readers,
  project: { id: string; timeZone: string },
  request: VitalRequest,
  now: Instant,
): Promise<VitalsPage> {
  const { spanMs, stepMs } = RANGES[request.range]
  const until = Math.floor(now / stepMs) * stepMs + stepMs
  const from = until - spanMs
  const { device, country, release } = request
  const where = Object.fromEntries(
    Object.entries({ device, country, release }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  const monday = weekAt(project.timeZone, now).firstDay
  const [answer, countries, releases, users, site] = await Promise.all([
    vitals.query(project.id, { from, until, stepMs, where }),
    telemetry.listAttributeValues(project.id, MOST_FREQUENT, 'country'),
    telemetry.listAttributeValues(project.id, MOST_FREQUENT, 'release'),
    vitals.listActiveUsers(project.id, addDays(monday, -7)),
    vitals.readSite(project.id),
  ])
  const measured = VITALS.filter((vital) => answer.totals[vital] !== undefined)
  const p75 = Object.fromEntries(measured.map((vital) => [vital, answer.totals[vital]?.p75]))
  const today = localDateIn(project.timeZone, now)
  const count = (period: ActiveUsers['period'], startsOn: string) =>
    users.find((one) => one.period === period && one.startsOn === startsOn)?.count ?? 0
  return {
    answer,
    assessment: assessVitals(p75 as Partial<Record<Vital, number>>),
    measured,
    pages: orderPages(answer.pages, request),
    countries,
    releases,
    users: {
      today: count('day', today),
      yesterday: count('day', addDays(today, -1)),
      thisWeek: count('week', monday),
      lastWeek: count('week', addDays(monday, -7)),
    },
    site,
    from,
    until,
    stepMs,
  }
}

/** Worst first; pages without the metric last, in both orders the busier one first among equals. */
export function orderPages(
  pages: readonly PageVitals[],
  { metric, order }: Pick<VitalRequest, 'metric' | 'order'>,
): PageVitals[] {
  const p75 = (page: PageVitals) => page.metrics[metric]?.p75 ?? -1
  return pages.toSorted((one, other) => {
    const byValue = order === 'worst' ? p75(other) - p75(one) : 0
    return byValue || other.views - one.views
  })
}
