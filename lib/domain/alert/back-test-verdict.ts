import type { Level } from '../rule/condition.ts'
import { fieldsIn } from '../time/format-zoned.ts'
import type { Instant } from '../time/instant.ts'
import type { Firing } from './back-test-firings.ts'

/** When people sleep: from `fromHour` to `untilHour` of the next morning, on the clocks of a zone. */
export interface Nights {
  timeZone: string
  fromHour: number
  untilHour: number
}

/** An incident that really was. */
export interface PastIncident {
  number: number
  startedAt: Instant
  /** Null while it is open. */
  resolvedAt: Instant | null
}

export interface BackTestVerdict {
  pages: readonly { at: Instant; group: readonly string[]; level: Level; atNight: boolean }[]
  /** Longest firing, and all of them together; overlapping ones count once. */
  longestMs: number
  totalMs: number
  /** `afterMs` is negative when the rule would have spoken up before the incident began. */
  caught: readonly { incident: PastIncident; afterMs: number }[]
  missed: readonly PastIncident[]
}

/** Something told so long before an incident began was about it. */
const LEAD_MS = 15 * 60_000

/**
 * What firings come to for people. A page is told when the rule as a whole gets worse: the first group that fires, or one that is critical
 * while only warnings were (further groups join the incident that is open), and no more than one in `throttleMs`.
 */
export function judgeBackTest(
  firings: readonly Firing[],
  until: Instant,
  { throttleMs, nights, incidents }: { throttleMs: number; nights: Nights; incidents: readonly PastIncident[] },
): BackTestVerdict {
  const pages = pagesOf(firings, throttleMs).map((page) => ({ ...page, atNight: isNight(page.at, nights) }))
  const stretches = mergeStretches(firings.map(({ firedAt, resolvedAt }) => [firedAt, resolvedAt ?? until] as const))
  const lengths = firings.map(({ firedAt, resolvedAt }) => (resolvedAt ?? until) - firedAt)
  const found = incidents.map((incident) => ({ incident, afterMs: delayOf(incident, firings, until) }))
  return {
    pages,
    longestMs: lengths.reduce((longest, length) => Math.max(longest, length), 0),
    totalMs: stretches.reduce((sum, [from, to]) => sum + to - from, 0),
    caught: found.flatMap(({ incident, afterMs }) => (afterMs === null ? [] : [{ incident, afterMs }])),
    missed: found.flatMap(({ incident, afterMs }) => (afterMs === null ? [incident] : [])),
  }
}

function pagesOf(firings: readonly Firing[], throttleMs: number): Omit<BackTestVerdict['pages'][number], 'atNight'>[] {
  const raises = firings
    .flatMap((firing) => firing.raises.map(({ at, level }) => ({ at, level, group: firing.group, firing })))
    .sort((one, other) => one.at - other.at || rank(other.level) - rank(one.level))
  const pages: { at: Instant; level: Level; group: readonly string[] }[] = []
  /** Of what is open, the worst that was raised so far. */
  let open: { level: Level; until: Instant }[] = []
  for (const { at, level, group, firing } of raises) {
    open = open.filter(({ until }) => until > at)
    const isWorse = open.every((other) => rank(other.level) < rank(level))
    open.push({ level, until: firing.resolvedAt ?? Number.POSITIVE_INFINITY })
    const last = pages.at(-1)
    if (isWorse && (last === undefined || at - last.at >= throttleMs)) pages.push({ at, level, group })
  }
  return pages
}

const rank = (level: Level): number => (level === 'critical' ? 1 : 0)

export function isNight(at: Instant, { timeZone, fromHour, untilHour }: Nights): boolean {
  const { hour } = fieldsIn(timeZone, at)
  return fromHour <= untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour
}

/** From the beginning of an incident to the first alert that overlaps with it; null when none does. */
function delayOf(incident: PastIncident, firings: readonly Firing[], until: Instant): number | null {
  const end = incident.resolvedAt ?? until
  const overlapping = firings.filter(
    ({ firedAt, resolvedAt }) => firedAt <= end && (resolvedAt ?? until) >= incident.startedAt - LEAD_MS,
  )
  if (overlapping.length === 0) return null
  return Math.min(...overlapping.map(({ firedAt }) => firedAt)) - incident.startedAt
}

function mergeStretches(stretches: readonly (readonly [Instant, Instant])[]): [Instant, Instant][] {
  const merged: [Instant, Instant][] = []
  for (const [from, to] of [...stretches].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
