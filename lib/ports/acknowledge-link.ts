import type { Priority } from '../domain/monitor/severity.ts'
import type { Evidence } from '../domain/notification/message.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { ChangedIncident } from './incident-commands.ts'
import type { IncidentStatus } from './incident-reader.ts'

/** What an acknowledge link may show to whoever holds it: one incident, nothing around it. */
export interface LinkedIncident {
  id: string
  number: number
  title: string
  reason: string
  priority: Priority
  status: IncidentStatus
  flapping: boolean
  /** The attempts that decided last; empty when the monitor was deleted. */
  evidence: Evidence[]
  startedAt: Instant
  acknowledgedAt: Instant | null
  acknowledgedBy: string | null
  resolvedAt: Instant | null
  resolvedBy: string | null
  channelName: string
  project: { slug: string; name: string; timeZone: string; locale: Locale }
}

/** Reads and acknowledges by a verified link, without a signed-in person. */
export interface AcknowledgeLinkStore {
  /** Null when the incident is gone. */
  find(incidentId: string, channelId: string): Promise<LinkedIncident | null>
  acknowledge(incidentId: string, channelId: string): Promise<ChangedIncident>
}

/** Checks the signature and expiry of a token. */
export interface AcknowledgeVerifier {
  verify(
    token: string,
    now: Instant,
  ):
    | { incidentId: string; channelId: string; expiresAt: Instant }
    | { error: 'malformed' | 'wrong_signature' | 'expired' }
}
