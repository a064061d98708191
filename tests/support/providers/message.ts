import type { Evidence, MessageData, OutgoingMessage } from '../../../lib/domain/notification/message.ts'

export const INCIDENT_ID = '7f0c2f5e-7a63-4a8b-9d7e-0f3f1e6b8a11'
export const CHANNEL_ID = '2b6a1c34-5d8e-4f90-8a7b-1c2d3e4f5a66'
export const NOTIFICATION_ID = '0c9d8e7f-6a5b-4c3d-8e1f-a0b1c2d3e4f5'

/** A failing result: 503 at 02:12 UTC, which is 03:12 in Paris. */
export function buildEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    at: '2026-11-21T02:12:00.000Z',
    verdict: 'down',
    cause: 'status',
    message: 'answered 503, expected 200',
    statusCode: 503,
    latencyMs: 120,
    failures: [{ subject: 'status', expected: '200', got: '503' }],
    ...changes,
  }
}

type Incident = NonNullable<MessageData['incident']>
type MonitorFacts = NonNullable<MessageData['monitor']>

export interface MessageChanges {
  kind?: OutgoingMessage['kind']
  timestamp?: string
  acknowledgeUrl?: string | null
  project?: Partial<MessageData['project']>
  incident?: Partial<Incident> | null
  monitor?: Partial<MonitorFacts> | null
  data?: Partial<Omit<MessageData, 'project' | 'incident' | 'monitor'>>
}

/** "Checkout API is down since 03:12", decided four minutes later, in a project in Paris. Any part can be changed. */
export function buildMessage(changes: MessageChanges = {}): OutgoingMessage {
  return {
    notificationId: NOTIFICATION_ID,
    kind: changes.kind ?? 'incident.triggered',
    timestamp: changes.timestamp ?? '2026-11-21T02:16:00.000Z',
    acknowledgeUrl:
      changes.acknowledgeUrl === undefined ? 'https://vigie.example.com/acknowledge/token' : changes.acknowledgeUrl,
    data: {
      project: { slug: 'demo', name: 'Demo shop', timeZone: 'Europe/Paris', locale: 'en', ...changes.project },
      incident: changes.incident === null ? null : { ...incident, ...changes.incident },
      monitor: changes.monitor === null ? null : { ...monitor, ...changes.monitor },
      alsoAffected: [],
      evidence: [buildEvidence(), buildEvidence({ at: '2026-11-21T02:12:05.000Z' })],
      toldTo: ['ops', 'mail'],
      lastDeployment: null,
      ...changes.data,
    },
  }
}

const incident: Incident = {
  id: INCIDENT_ID,
  number: 12,
  severity: 'critical',
  priority: 'P0',
  status: 'triggered',
  title: 'Checkout API is down',
  startedAt: '2026-11-21T02:12:00.000Z',
  acknowledgedAt: null,
  resolvedAt: null,
  reason: '2 probes in a row failed: answered 503, expected 200',
  url: 'https://vigie.example.com/demo/incidents/12',
  flapping: false,
}

const monitor: MonitorFacts = {
  key: 'checkout-api',
  name: 'Checkout API',
  url: 'https://shop.example.com/health',
  state: 'down',
  kind: 'http',
  pageUrl: 'https://vigie.example.com/demo/monitors/checkout-api',
  runbookUrl: 'https://wiki.example.com/runbooks/checkout',
}
