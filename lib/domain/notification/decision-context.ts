import type { AlertKind } from '../alert/alert-change.ts'
import type { IncidentFacts } from '../incident/decide-incident.ts'
import type { OpenIncident } from '../incident/open-incident.ts'
import type { Severity } from '../monitor/severity.ts'
import type { MuteFacts } from '../mute/decide-mute.ts'
import type { Histogram } from '../series/histogram.ts'
import type { Instant } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import type { Channel } from './channel.ts'

export interface ProjectFacts {
  id: string
  slug: string
  name: string
  timeZone: string
  locale: Locale
}

/** What a decision about a changed monitor needs beside its state. */
export interface DecisionContext {
  project: ProjectFacts
  channels: Channel[]
  /** The monitor's own `notify` list; empty when the project's routing applies. */
  notifyChannelIds: string[]
  lastIncident: IncidentFacts | null
  /** What goes on already because a rule about the monitor fired first; null where nothing does. */
  openIncident: OpenIncident | null
  /** What went live in production last; null where nothing did in thirty days. */
  lastDeployment: Deployed | null
  /** Alerts of the monitor that fire. `mutedReason` is null for those that were told. */
  firing: readonly { id: string; kind: AlertKind; startedAt: Instant; mutedReason: string | null }[]
  /** Probes before and after what went live last before the alert began; null where that was longer ago than the project lets one soak. */
  comparison: { deployment: Deployed; before: ProbeFigures; after: ProbeFigures; soakMs: number } | null
  /** Whatever may keep an alert of the monitor quiet. */
  mutes: MuteFacts
}

/** What went live in production, and when. */
export interface Deployed {
  at: Instant
  name: string
}

/** How many probes were made and answered, and how fast. */
export interface ProbeFigures {
  count: number
  answered: number
  minMs: number | null
  maxMs: number | null
  histogram: Histogram
}

/**
 * Most unrelated targets failed in one run and still did after the hold: one incident for all of a project's monitors in it.
 * `incidentId` is shared by their settlements, so that the first to be stored opens it and the others join.
 */
export interface MassFailure {
  incidentId: string
  /** Why the run was doubted and what the second look found, for the timeline. */
  reason: string
  affected: { id: string; key: string; name: string }[]
  monitorsTotal: number
  /** Known once the contexts are: its monitors come out of different incidents, or of none, and get a new one between them. */
  isShared?: boolean
  /** The worst among them: the incident ranks and routes by it, whichever of them is stored first. */
  severity: Severity
}
