import type { ListedLine, LogSearch } from '../domain/log/search.ts'
import type { MetricFacts, SeriesAnswer, SeriesQuestion } from '../domain/series/question.ts'
import type { Instant } from '../domain/time/instant.ts'

/** What pages ask about metrics and lines, in the signed-in person's own name: the database decides what there is. */
export interface TelemetryReader {
  /** All metrics of a project by name. */
  listMetrics(projectId: string): Promise<readonly MetricFacts[]>
  /** Values of one attribute of a metric, the most frequent first, at most 200. */
  listAttributeValues(projectId: string, metric: string, attribute: string): Promise<readonly string[]>
  /** Null when the project has no such metric. */
  query(projectId: string, question: SeriesQuestion): Promise<SeriesAnswer | null>
  /** The answers to several questions in their order, in one round trip. */
  queryMany(projectId: string, questions: readonly SeriesQuestion[]): Promise<readonly (SeriesAnswer | null)[]>
  /** Newest first. */
  searchLogs(projectId: string, search: LogSearch): Promise<readonly ListedLine[]>
  /** What was not taken in the last days, and why, newest first. */
  listRejections(projectId: string): Promise<readonly RejectionNotice[]>
}

export interface RejectionNotice {
  source: string
  code: string
  count: number
  message: string
  lastAt: Instant
}
