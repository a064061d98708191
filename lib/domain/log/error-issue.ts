import type { Instant } from '../time/instant.ts'

export const ERROR_STATUSES = ['unresolved', 'resolved', 'ignored'] as const
export type ErrorStatus = (typeof ERROR_STATUSES)[number]

export const ERROR_LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const
export type ErrorLevel = (typeof ERROR_LEVELS)[number]

/** Errors of one cause, or an alert about many, as an error tracker groups them. */
export interface ErrorIssue {
  id: number
  kind: 'issue' | 'alert'
  /** Of the tracker. */
  externalId: string
  /** As people call it, such as `SHOP-9`; empty where there is none. */
  shortId: string
  title: string
  level: ErrorLevel
  status: ErrorStatus
  /** The tracker's project. */
  service: string
  release: string
  firstSeenAt: Instant
  lastSeenAt: Instant
  count: number
  /** People whom it met. */
  users: number
  url: string
}

/** One message about an issue. Null and empty: the message does not say. */
export interface ErrorIssueMessage extends Omit<ErrorIssue, 'id' | 'status' | 'count' | 'users'> {
  /** When the message was made: the newest one's status holds. */
  at: Instant
  status: ErrorStatus | null
  /** Of all events so far. */
  count: number | null
  users: number | null
  /** How many events this message itself tells of. */
  events: number
}
