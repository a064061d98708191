import { type Monitor, type ShownState, shownState, targetOf } from '../domain/monitor/monitor.ts'
import { translateSubject, translateValue } from '../domain/notification/assertion-fr.ts'
import { toEvidence } from '../domain/notification/evidence.ts'
import { daysLeft } from '../domain/probe/certificate.ts'
import type { AssertionFailure, ProbeOutcome, SeenFact } from '../domain/probe/outcome.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'
import type {
  HeartbeatPing,
  MonitorDetail,
  MonitorReader,
  MonitorResult,
  RegionResult,
  SeriesRange,
} from '../ports/monitor-reader.ts'
import { type MonitorHistory, toHistory } from './monitor-history.ts'
import { type ShownRegion, showRegion } from './monitor-regions.ts'
import { describeProblem } from './monitor-row.ts'

/** One probe in full, worded for its reader. */
export interface ShownOutcome {
  outcome: ProbeOutcome
  /** Why it was not up, as a clause; null when it was. */
  problem: string | null
  /** Expected and got, in the reader's language. */
  failures: AssertionFailure[]
  /** What else was seen, in the reader's language. */
  seen: SeenFact[]
  /** Whole days until the chain's earliest end; null where no certificate was seen. */
  certificateDaysLeft: number | null
}

/** One line of the recent results. */
export type ShownResult = MonitorResult & {
  problem: string | null
  /** Failed at first and fine when looked at again. */
  isBlip: boolean
  /** What each region saw; empty where one place looked, and for slots of more than a week ago. */
  regions: RegionResult[]
}

export interface MonitorView {
  detail: MonitorDetail
  monitor: Monitor
  target: string
  state: ShownState
  last: ShownOutcome | null
  history: MonitorHistory
  results: ShownResult[]
  /** Where the older results begin; null when these are the oldest. */
  olderThan: Instant | null
  /** Where it is looked at from; empty where that is one place that could tell. */
  regions: ShownRegion[]
  /** Of a heartbeat; empty for every other kind. */
  pings: HeartbeatPing[]
}

const RESULTS_SHOWN = 20
const PINGS_SHOWN = 20

export interface MonitorRequest {
  projectId: string
  key: string
  range: SeriesRange
  before: Instant | null
  locale: Locale
}

/** The page of one monitor; null when the project has none of that key. */
export async function readMonitorView(reader: MonitorReader, request: MonitorRequest): Promise<MonitorView | null> {
  const detail = await reader.findMonitor(request.projectId, request.key)
  if (detail === null) return null
  const { monitor, now } = detail
  const [series, results, regions, pings] = await Promise.all([
    reader.readSeries(monitor.id, request.range),
    reader.listResults(monitor.id, { before: request.before, limit: RESULTS_SHOWN + 1 }),
    monitor.kind === 'heartbeat' ? [] : reader.readRegions(monitor.id, request.range),
    monitor.kind === 'heartbeat' ? reader.listPings(monitor.id, PINGS_SHOWN) : [],
  ])
  const state = stateOf(detail)
  const shown = results.slice(0, RESULTS_SHOWN)
  const seen = await readSeen(reader, monitor, shown)
  return {
    detail,
    monitor,
    target: targetOf(monitor),
    state,
    last: detail.lastOutcome && showOutcome(detail.lastOutcome, now, request.locale),
    history: toHistory(series, request.range, {
      kind: monitor.kind,
      state,
      intervalSeconds: monitor.intervalSeconds,
      createdAt: detail.createdAt,
      pausedAt: monitor.pausedAt,
      lastResultAt: detail.lastResultAt,
    }),
    results: shown.map((result) => ({
      ...showResult(result, request.locale),
      regions: seen.filter(({ slotAt }) => slotAt === result.slotAt),
    })),
    olderThan: results.length > RESULTS_SHOWN ? (shown.at(-1)?.slotAt ?? null) : null,
    regions: regions.map((facts) => showRegion(facts, request.locale)).filter((shown) => isCurrent(shown, detail)),
    pings,
  }
}

/** A place that is none of the monitor's regions is told of only while it cannot tell: its results are those of the monitor itself. */
function isCurrent({ region, at, isCutOff }: ShownRegion, { monitor, lastResultAt }: MonitorDetail): boolean {
  if (monitor.regions.includes(region)) return true
  return monitor.regions.length === 0 && isCutOff && at !== null && at > (lastResultAt ?? 0)
}

/** What regions saw of the slots on the page; of older ones only the verdict is kept. */
async function readSeen(reader: MonitorReader, monitor: Monitor, shown: readonly MonitorResult[]) {
  const [newest, oldest] = [shown[0], shown.at(-1)]
  if (monitor.regions.length === 0 || newest === undefined || oldest === undefined) return []
  return reader.listRegionResults(monitor.id, oldest.slotAt, newest.slotAt)
}

export function stateOf({ storedState, monitor, lastResultAt, now }: MonitorDetail): ShownState {
  return shownState(storedState, monitor, lastResultAt, now)
}

/** Words one outcome: that of the last probe, or of one that was asked for just now. */
export function showOutcome(outcome: ProbeOutcome, now: Instant, locale: Locale): ShownOutcome {
  const isFrench = locale === 'fr'
  return {
    outcome,
    problem: describeProblem(toEvidence([outcome])[0] ?? null, locale),
    failures: outcome.failures.map(({ subject, expected, got }) => ({
      subject: isFrench ? translateSubject(subject) : subject,
      expected: isFrench ? translateValue(expected) : expected,
      got: isFrench ? translateValue(got) : got,
    })),
    seen: (outcome.seen ?? []).map((fact) => ({
      ...fact,
      subject: isFrench ? translateSubject(fact.subject) : fact.subject,
      value: isFrench ? translateValue(fact.value) : fact.value,
    })),
    certificateDaysLeft: outcome.certificate && daysLeft(outcome.certificate, now),
  }
}

function showResult(result: MonitorResult, locale: Locale): Omit<ShownResult, 'regions'> {
  const failing = result.attempts.findLast(({ verdict }) => verdict !== 'up') ?? null
  const isBlip = result.verdict === 'up' && failing !== null
  return { ...result, isBlip, problem: result.verdict === 'up' && !isBlip ? null : problemOf(result, failing, locale) }
}

function problemOf(result: MonitorResult, failing: MonitorResult['attempts'][number] | null, locale: Locale) {
  return describeProblem(failing, locale) ?? result.message
}
