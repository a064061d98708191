import type { MonitorSelector } from '../monitor/selector.ts'
import type { Term } from '../series/panel.ts'

/** What is counted as good, out of what. */
export type Indicator =
  /** Probes that were answered. `time` and `slices` weigh by the clock and not by the number of probes (standards §1.7). */
  | { kind: 'availability'; monitors: MonitorSelector; counting: 'count' | 'time' | 'slices' }
  /** Values of a histogram at or below `threshold`, in the unit of the series. */
  | { kind: 'latency'; term: Term; threshold: number }
  | { kind: 'ratio'; good: Term | null; bad: Term | null; total: Term }
  /** Page views whose vital is good by the official bounds. */
  | { kind: 'web_vital'; vital: 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb'; page: string | null }

/** OpenSLO's budgeting methods. */
export const METHODS = ['occurrences', 'timeslices', 'ratio_timeslices'] as const
export type Method = (typeof METHODS)[number]

export type SloWindow =
  | { kind: 'rolling'; days: number }
  | { kind: 'calendar'; unit: 'week' | 'month' | 'quarter' | 'year'; timeZone: string }

export interface Slo {
  id: string
  projectId: string
  key: string
  name: string
  description: string
  indicator: Indicator
  method: Method
  window: SloWindow
  /** From 0 to 1, below 1. */
  target: number
  /** Of slices: their length, and from which share of good on a slice is good. Null for occurrences. */
  slice: { lengthMs: number; target: number } | null
}

/** An SLO as people write it, before the store has given it an id. */
export type SloSpec = Omit<Slo, 'id' | 'projectId'>
