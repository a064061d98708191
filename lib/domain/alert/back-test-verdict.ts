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

/** Somebody would have been told. */
export interface BackTestPage {
  at: Instant
  level: Level
  /** Told again, because nobody had acknowledged. */
  isRepeated: boolean
}

export interface BackTestVerdict {
  /** Beginnings alone. */
  pages: readonly (BackTestPage & { atNight: boolean })[]
  /** How often something would have been told again while nobody acknowledges. */
  reminders: number
  /** Longest firing, and all of them together; overlapping ones count once. */
  longestMs: number
  totalMs: number
  /** `afterMs` is negative when the rule would have spoken up before the incident began. */
  caught: readonly { incident: PastIncident; afterMs: number }[]
  missed: readonly PastIncident[]
}

/** Something told so long before an incident began was about it. */
const LEAD_MS = 15 * 60_000

/** What firings and pages come to for people. */
export function judgeBackTest(
  firings: readonly Firing[],
  told: readonly BackTestPage[],
  until: Instant,
  { nights, incidents }: { nights: Nights; incidents: readonly PastIncident[] },
): BackTestVerdict {
  const pages = told
    .filter(({ isRepeated }) => !isRepeated)
    .map((page) => ({ ...page, atNight: isNight(page.at, nights) }))
  const stretches = mergeStretches(firings.map(({ firedAt, resolvedAt }) => [firedAt, resolvedAt ?? until] as const))
  const lengths = firings.map(({ firedAt, resolvedAt }) => (resolvedAt ?? until) - firedAt)
  const found = incidents.map((incident) => ({ incident, afterMs: delayOf(incident, firings, until) }))
  return {
    pages,
    reminders: told.length - pages.length,
    longestMs: lengths.reduce((longest, length) => Math.max(longest, length), 0),
    totalMs: stretches.reduce((sum, [from, to]) => sum + to - from, 0),
    caught: found.flatMap(({ incident, afterMs }) => (afterMs === null ? [] : [{ incident, afterMs }])),
    missed: found.flatMap(({ incident, afterMs }) => (afterMs === null ? [incident] : [])),
  }
}

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
