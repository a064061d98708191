import {
  combineTerms,
  judgeFigure,
  type Panel,
  type PanelPoint,
  type PanelState,
  type Source,
} from '../../domain/series/panel.ts'
import type { SeriesAnswer, SeriesQuestion } from '../../domain/series/question.ts'
import { type Instant, MINUTE } from '../../domain/time/instant.ts'
import type { TelemetryReader } from '../../ports/telemetry-reader.ts'
import { type ExploreRange, spanOf } from '../explore.ts'

export const DASHBOARD_RANGES = ['1h', '6h', '24h', '7d', '30d'] as const satisfies readonly ExploreRange[]
export type DashboardRange = (typeof DASHBOARD_RANGES)[number]

export interface ShownPanel<Key extends string = string> {
  panel: Panel<Key>
  /** Null when the project has none of the metrics. */
  source: Source | null
  points: readonly PanelPoint[]
  /** The last whole step; null when there is none in the range. */
  current: PanelPoint | null
  /** `silent`: there is data in the range, and none of late; null without any. */
  state: PanelState | null
}

export interface Dashboard<Key extends string = string> {
  panels: readonly ShownPanel<Key>[]
  from: Instant
  until: Instant
  stepMs: number
}

/** What may be missing at the end before a figure counts as silent: samples come once a minute and are rolled up within the next. */
const LATE_STEPS = 2
const LATE_MS = 5 * MINUTE

/** Figures of panels over a range, all of them in one round trip. The step under way is left out: half a minute of requests is no fall. */
export async function loadDashboard<Key extends string>(
  reader: Pick<TelemetryReader, 'queryMany'>,
  projectId: string,
  panels: readonly Panel<Key>[],
  range: DashboardRange,
  now: Instant,
): Promise<Dashboard<Key>> {
  const { spanMs, stepMs } = spanOf(range)
  const until = Math.floor(now / stepMs) * stepMs
  const from = until - spanMs
  const span = { from, until, stepMs }
  const questions = panels.flatMap(({ sources }) => sources.flatMap((source) => questionsOf(source, span)))
  const answers = [...(await reader.queryMany(projectId, questions))]
  const shown = panels.map((panel): ShownPanel<Key> => {
    const answered = panel.sources.map((source): Answered => {
      const of = answers.shift() ?? null
      return { source, of, per: source.per === undefined ? null : (answers.shift() ?? null) }
    })
    const best = choose(panel, answered)
    if (best === null) return { panel, source: null, points: [], current: null, state: null }
    const points = combineTerms({ source: best.source, scale: panel.scale }, best.of, best.per)
    return showPanel(panel, best.source, points, span)
  })
  return { panels: shown, from, until, stepMs }
}

interface Answered {
  source: Source
  of: SeriesAnswer | null
  per: SeriesAnswer | null
}

/** Of the sources whose metrics the project has the first, or the one that saw most. */
function choose({ prefersMost = false }: Panel, answered: readonly Answered[]): Answered | null {
  const sent = answered.filter(({ source, of, per }) => of !== null && (source.per === undefined || per !== null))
  const ordered = prefersMost ? sent.toSorted((one, other) => seen(other) - seen(one)) : sent
  return ordered[0] ?? null
}

function questionsOf({ of, per }: Source, span: { from: Instant; until: Instant; stepMs: number }): SeriesQuestion[] {
  return [of, per].flatMap((term) =>
    term === undefined ? [] : [{ ...term, where: term.where ?? {}, groupBy: [], ...span }],
  )
}

/** How much a source has seen in all. */
function seen({ of, per }: Answered): number {
  return ((per ?? of)?.lines[0]?.points ?? []).reduce((sum, { value }) => sum + value, 0)
}

function showPanel<Key extends string>(
  panel: Panel<Key>,
  source: Source,
  points: readonly PanelPoint[],
  { until, stepMs }: { until: Instant; stepMs: number },
): ShownPanel<Key> {
  const current = points.at(-1) ?? null
  if (current === null) return { panel, source, points, current, state: null }
  const isLate = until - (current.at + stepMs) > Math.max(LATE_MS, LATE_STEPS * stepMs)
  return { panel, source, points, current, state: isLate ? 'silent' : judgeFigure(current.value, panel.limits) }
}
