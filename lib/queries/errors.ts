import type { ErrorIssue, ErrorStatus } from '../domain/log/error-issue.ts'
import type { ErrorPosition, ErrorReader } from '../ports/error-reader.ts'
import { PAGE_SIZE } from './keyset.ts'

export const ERROR_FILTERS = ['unresolved', 'resolved', 'ignored', 'all'] as const
export type ErrorFilter = (typeof ERROR_FILTERS)[number]

export interface ErrorRequest {
  status: ErrorFilter
  below: ErrorPosition | null
}

export interface ErrorList {
  issues: ErrorIssue[]
  /** Where older ones go on; null at the end. */
  next: ErrorPosition | null
  /** None was ever told: the page says how to connect. */
  isEmpty: boolean
}

const STATUSES: Record<ErrorFilter, ErrorStatus | null> = {
  unresolved: 'unresolved',
  resolved: 'resolved',
  ignored: 'ignored',
  all: null,
}

/** One page of errors; what was seen last stands first. */
export async function readErrors(reader: ErrorReader, projectId: string, request: ErrorRequest): Promise<ErrorList> {
  const { status, below } = request
  const found = await reader.list(projectId, { status: STATUSES[status], below, limit: PAGE_SIZE + 1 })
  const issues = found.slice(0, PAGE_SIZE)
  const last = issues.at(-1)
  const anywhere = found.length > 0 ? found : await reader.list(projectId, { status: null, below: null, limit: 1 })
  return {
    issues,
    next: found.length > PAGE_SIZE && last !== undefined ? { at: last.lastSeenAt, id: last.id } : null,
    isEmpty: anywhere.length === 0,
  }
}
