import type { Slo, SloSpec } from '../domain/slo/slo.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A stretch of time with what counted in it, in events or in slices. */
export interface SloPoint {
  at: Instant
  /** A UTC day, or an hour at the ends of a window. */
  stepMs: number
  good: number
  total: number
}

export interface SloFigures {
  /** In order of time, since the window began and over the last three days; stretches without anything are left out. */
  points: readonly SloPoint[]
  /** Events of each minute of the last hour, whatever the method. */
  minutes: readonly { at: Instant; good: number; total: number }[]
}

export type SloQuestion = Pick<SloSpec, 'indicator' | 'method' | 'slice'> & { from: Instant }

/** A monitor as somebody who makes an SLO may choose it. */
export interface SloMonitor {
  key: string
  name: string
  tags: readonly string[]
  intervalSeconds: number
}

/** Reads SLOs as the signed-in person may see them. */
export interface SloReader {
  /** By name. */
  list(projectId: string): Promise<Slo[]>
  /** Whether a `vigie.yaml` describes it: what people change lasts until that is applied again. */
  isManagedByFile(id: string): Promise<boolean>
  /** In the order of the questions, in one round trip. */
  readFigures(projectId: string, questions: readonly SloQuestion[]): Promise<SloFigures[]>
  /** By name, at most a thousand. */
  listMonitors(projectId: string): Promise<SloMonitor[]>
}
