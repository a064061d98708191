import { decisiveEvidence } from '../domain/notification/failure-text.ts'
import type { Evidence } from '../domain/notification/message.ts'
import type { RouteCode } from '../domain/notification/route.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { IncidentEvent } from '../ports/incident-reader.ts'

/** What a line is about: decides its mark. */
export type TimelineTone = 'down' | 'up' | 'person' | 'told' | 'not_told' | 'note' | 'info'

/**
 * One line of a timeline. `key` names the sentence in the reader's language, with `values` for its places; `message` is what was stored, in
 * English, and stands where there is no such sentence.
 */
export interface TimelineLine {
  id: number
  at: Instant
  tone: TimelineTone
  /** Null when the program itself acted. */
  person: string | null
  key: TimelineKey
  values: {
    channel?: string
    code?: RouteCode
    from?: string
    to?: string
    kind?: string
    monitor?: string
    rule?: string
  }
  message: string
  /** Further sentences of the same line: why each channel is not told. */
  more: string[]
  /** The result that decided, to be worded in the reader's language. */
  evidence: Evidence | null
  /** Leads to the delivery that the line tells of. */
  notificationId: string | null
}

const KEYS = [
  'opened',
  'reopened',
  'prober_doubted',
  'unmuted',
  'suspect',
  'monitor_down',
  'monitor_recovered',
  'alert_fired',
  'alert_eased',
  'alert_resolved',
  'told_again',
  'throttled',
  'not_told',
  'not_told_again',
  'told_more',
  'notification_delivered',
  'notification_dead',
  'notification_fallback',
  'acknowledged',
  'resolved',
  'note',
  'priority_changed',
  'other',
] as const
export type TimelineKey = (typeof KEYS)[number]

const TONES: Record<TimelineKey, TimelineTone> = {
  opened: 'down',
  reopened: 'down',
  prober_doubted: 'info',
  unmuted: 'info',
  suspect: 'info',
  monitor_down: 'down',
  monitor_recovered: 'up',
  alert_fired: 'down',
  alert_eased: 'info',
  alert_resolved: 'up',
  told_again: 'told',
  throttled: 'not_told',
  not_told: 'not_told',
  not_told_again: 'not_told',
  told_more: 'told',
  notification_delivered: 'told',
  notification_dead: 'not_told',
  notification_fallback: 'info',
  acknowledged: 'person',
  resolved: 'up',
  note: 'note',
  priority_changed: 'person',
  other: 'info',
}

/** Stored events as lines, oldest first. An event of a kind that a newer version wrote is kept and shown in its own words. */
export function readTimeline(
  events: readonly IncidentEvent[],
  channelNames: ReadonlyMap<string, string>,
): TimelineLine[] {
  return events.map((event) => {
    const key = KEYS.find((known) => known === event.kind) ?? 'other'
    return {
      id: event.id,
      at: event.at,
      tone: TONES[key],
      person: event.actor === 'vigie' ? null : event.actor,
      key,
      values: readValues(key, event, channelNames),
      message: event.message,
      more: listOf(event.details.routes),
      evidence: decisiveEvidence(listOf<Evidence>(event.details.evidence)),
      notificationId: textOf(event.details.notificationId) ?? null,
    }
  })
}

function readValues(
  key: TimelineKey,
  { message, details }: IncidentEvent,
  channelNames: ReadonlyMap<string, string>,
): TimelineLine['values'] {
  if (key === 'priority_changed') {
    const [from, to] = message.split(' → ')
    return from !== undefined && to !== undefined ? { from, to } : {}
  }
  // The pipeline words these as "<monitor>: <what was found>" (`settle.ts`).
  if (key === 'monitor_down' || key === 'monitor_recovered') {
    const [monitor] = message.split(': ')
    return monitor === undefined || monitor === message ? {} : { monitor }
  }
  const rule = textOf(details.rule)
  if (rule !== undefined) return { rule }
  const channel = textOf(details.channel) ?? channelNames.get(textOf(details.channelId) ?? '')
  const code = textOf(details.code) as RouteCode | undefined
  const kind = textOf(details.kind)
  return { ...(channel && { channel }), ...(code && { code }), ...(kind && { kind }) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function listOf<Item = string>(value: unknown): Item[] {
  return Array.isArray(value) ? value : []
}
