import type { ShownState } from '../monitor/monitor.ts'
import type { Priority, Severity } from '../monitor/severity.ts'
import type { Verdict } from '../probe/outcome.ts'
import type { Locale } from '../time/locale.ts'
import type { KpiDigest } from './digest.ts'
import type { RuleMessage } from './rule-message.ts'

export type { Locale } from '../time/locale.ts'

/** What a notification tells, and the `type` of a webhook body. */
export const NOTIFICATION_KINDS = [
  'incident.triggered',
  'incident.acknowledged',
  'incident.resolved',
  'monitor.degraded',
  'monitor.recovered',
  'alert.firing',
  'alert.resolved',
  'test',
  'kpi.digest',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** One probe result that led to the decision, in the order in which they were seen. */
export interface Evidence {
  at: string
  verdict: 'up' | 'degraded' | 'down'
  cause: string | null
  message: string
  statusCode: number | null
  latencyMs: number | null
  failures: { subject: string; expected: string; got: string }[]
  /** What each region saw, of a monitor with several; the rest of the result stands for those that agree. */
  regions?: { region: string; verdict: Verdict | 'unknown'; cause: string | null; latencyMs: number | null }[]
}

/**
 * The facts of a notification, frozen when it is decided: every repetition of a delivery carries the same bytes, whatever
 * happened to the incident since. This is also `data` of a webhook body; field names are a public interface. Instants are RFC 3339.
 */
export interface MessageData {
  project: { slug: string; name: string; timeZone: string; locale: Locale }
  incident: {
    id: string
    number: number
    /** `critical`, `high`, `medium` or `low`. */
    severity: Severity
    priority: Priority
    status: 'triggered' | 'acknowledged' | 'resolved'
    title: string
    startedAt: string
    acknowledgedAt: string | null
    resolvedAt: string | null
    reason: string
    url: string
    flapping: boolean
  } | null
  monitor: {
    key: string
    name: string
    url: string
    state: ShownState
    kind: string
    pageUrl: string
    runbookUrl: string
  } | null
  /** The rule that it is about; absent where it is about a monitor. */
  rule?: RuleMessage | undefined
  /** Other monitors of the same incident, when a mass failure was grouped. */
  alsoAffected: { key: string; name: string }[]
  /** How many monitors the project watches, so that a mass failure can say "18 of 20". */
  monitorsTotal?: number | undefined
  evidence: Evidence[]
  /** Who else is told, by channel name. */
  toldTo: string[]
  /** What went live last before; null where nothing did, or where no deployments are told. */
  lastDeployment: { at: string; name: string } | null
  /** The figures of the business, in a daily digest alone. */
  kpis?: KpiDigest | undefined
}

/** One rendered message to one channel: what a delivery hands to an adapter. */
export interface OutgoingMessage {
  /** Stable over repetitions: `webhook-id`, `Idempotency-Key`. */
  notificationId: string
  kind: NotificationKind
  /** When it was decided, RFC 3339. */
  timestamp: string
  data: MessageData
  /** Signed link that acknowledges after a press of a button; null when there is nothing to acknowledge. */
  acknowledgeUrl: string | null
}
