import { formatBriefIn } from '../time/format-zoned.ts'
import type { Instant } from '../time/instant.ts'
import { isInScope, type MaintenanceOccurrence } from './maintenance.ts'
import { type Labels, matchesAll } from './matcher.ts'
import type { Silence } from './silence.ts'

/** The last two are of rules: something fires that says more, or the monitor that they are about was down, and they still look back on that. */
export const MUTE_CODES = ['silenced', 'maintenance', 'depends_on', 'deploying', 'inhibited', 'recovered'] as const
export type MuteCode = (typeof MUTE_CODES)[number]

/** What would be told, if nothing keeps it quiet. */
export interface MuteSubject {
  labels: Labels
  /** Null for an alert that is of no monitor. */
  monitorKey: string | null
  at: Instant
}

/** Whatever may keep an alert quiet. What is not of its time, scope or labels is passed over, so that more may be given than applies. */
export interface MuteFacts {
  silences: readonly Silence[]
  windows: readonly MaintenanceOccurrence[]
  /** Monitors that this one depends on and that are down. */
  downDependencies: readonly { key: string; name: string; sinceAt: Instant }[]
  /** What went live last; null where nothing did lately. */
  lastDeployment: { at: Instant; name: string } | null
  /** How long after a deployment nobody is told; 0 for no such mute. */
  muteAfterDeployMs: number
  /** In which the times of reasons are written. */
  timeZone: string
}

export type Mute =
  | { muted: false }
  /** `until`: when it ends by itself; null when nobody knows. `reason`: one English sentence without its full stop. */
  | { muted: true; code: MuteCode; until: Instant | null; reason: string }

export const NO_MUTES: MuteFacts = {
  silences: [],
  windows: [],
  downDependencies: [],
  lastDeployment: null,
  muteAfterDeployMs: 0,
  timeZone: 'UTC',
}

/** Whether an alert is kept quiet, by the one of its reasons that lasts longest among those of the first kind that applies. */
export function decideMute(subject: MuteSubject, facts: MuteFacts): Mute {
  return (
    bySilence(subject, facts) ??
    byMaintenance(subject, facts) ??
    byDependency(subject, facts) ??
    byDeployment(subject, facts) ?? { muted: false }
  )
}

type Found = Extract<Mute, { muted: true }> | null

function bySilence({ labels, at }: MuteSubject, { silences, timeZone }: MuteFacts): Found {
  const silence = lastOf(silences.filter((one) => isRunning(one, at) && matchesAll(one.matchers, labels)))
  if (silence === null) return null
  const { endsAt, author, comment } = silence
  const why = comment === '' ? '' : `: ${comment}`
  return {
    muted: true,
    code: 'silenced',
    until: endsAt,
    reason: `muted: silenced by ${author} until ${formatBriefIn(timeZone, endsAt, at, 'en')}${why}`,
  }
}

function byMaintenance({ labels, monitorKey, at }: MuteSubject, { windows, timeZone }: MuteFacts): Found {
  const window = lastOf(windows.filter((one) => isRunning(one, at) && isInScope(one.scope, monitorKey, labels)))
  if (window === null) return null
  const until = formatBriefIn(timeZone, window.endsAt, at, 'en')
  return {
    muted: true,
    code: 'maintenance',
    until: window.endsAt,
    reason: `muted: maintenance '${window.name}' until ${until}`,
  }
}

function byDependency({ at, monitorKey }: MuteSubject, { downDependencies, timeZone }: MuteFacts): Found {
  const [first] = downDependencies
    .filter(({ key }) => key !== monitorKey)
    .toSorted((one, other) => one.sinceAt - other.sinceAt)
  if (first === undefined) return null
  const since = formatBriefIn(timeZone, first.sinceAt, at, 'en')
  return {
    muted: true,
    code: 'depends_on',
    until: null,
    reason: `muted: depends on ${first.name}, which is down since ${since}`,
  }
}

function byDeployment({ at }: MuteSubject, { lastDeployment, muteAfterDeployMs, timeZone }: MuteFacts): Found {
  if (lastDeployment === null || muteAfterDeployMs <= 0) return null
  const until = lastDeployment.at + muteAfterDeployMs
  if (at < lastDeployment.at || at >= until) return null
  return {
    muted: true,
    code: 'deploying',
    until,
    reason: `muted: ${lastDeployment.name} was just deployed, until ${formatBriefIn(timeZone, until, at, 'en')}`,
  }
}

function isRunning({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }, at: Instant): boolean {
  return startsAt <= at && at < endsAt
}

function lastOf<Span extends { endsAt: Instant }>(spans: readonly Span[]): Span | null {
  return spans.reduce<Span | null>((last, one) => (last === null || one.endsAt > last.endsAt ? one : last), null)
}
