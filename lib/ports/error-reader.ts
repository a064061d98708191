import type { ErrorIssue, ErrorStatus } from '../domain/log/error-issue.ts'
import type { Instant } from '../domain/time/instant.ts'

/** Where a page of issues begins: behind this one. */
export interface ErrorPosition {
  at: Instant
  id: number
}

export interface ErrorQuery {
  status: ErrorStatus | null
  below: ErrorPosition | null
  limit: number
}

/** Reads errors as the signed-in person may see them. */
export interface ErrorReader {
  /** What was seen last stands first. */
  list(projectId: string, query: ErrorQuery): Promise<ErrorIssue[]>
}
