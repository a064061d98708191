import type { Instant } from '../time/instant.ts'
import type { Aggregate, Condition, SeriesAnswer } from './question.ts'

/** One part of a figure: all series of a metric together. */
export interface Term {
  metric: string
  aggregate: Aggregate
  where?: Readonly<Record<string, Condition>>
}

/**
 * Where a figure comes from: one term, or one by the other. `isRest` takes what is missing to one: the share that failed, of a metric that
 * marks what went well.
 */
export interface Source {
  of: Term
  per?: Term
  isRest?: boolean
}

/** From where on a figure is worth a look, in the unit that is shown; `critical` is null where the guides name one limit only. */
export interface Limits {
  direction: 'above' | 'below'
  warning: number
  critical: number | null
}

/** One figure of a dashboard. */
export interface Panel<Key extends string = string> {
  key: Key
  /** The first whose metrics the project has is shown; with `prefersMost`, the one that saw most of them. */
  sources: readonly [Source, ...Source[]]
  prefersMost?: boolean
  /** Factor from what is stored to what is shown: 100 for a share in percent. */
  scale: number
  /** UCUM unit of what is shown. */
  unit: string
  limits: Limits | null
}

export type PanelState = 'fine' | 'warning' | 'critical' | 'silent'

export interface PanelPoint {
  at: Instant
  value: number
}

/** The points of a source in the unit of its panel, from the answers to its terms. */
export function combineTerms(
  { source, scale }: { source: Source; scale: number },
  of: SeriesAnswer | null,
  per: SeriesAnswer | null,
): readonly PanelPoint[] {
  const parts = of?.lines[0]?.points ?? []
  if (source.per === undefined) return parts.map(({ at, value }) => ({ at, value: value * scale }))
  const byTime = new Map(parts.map(({ at, value }) => [at, value]))
  return (per?.lines[0]?.points ?? []).flatMap(({ at, value }) => {
    if (value === 0) return []
    // Nothing of that kind while there was something in all: a share of zero, not a gap.
    const share = (byTime.get(at) ?? 0) / value
    return [{ at, value: (source.isRest ? 1 - share : share) * scale }]
  })
}

/** Whether a figure is beyond its limits; the limit itself is still fine. */
export function judgeFigure(value: number, limits: Limits | null): 'fine' | 'warning' | 'critical' {
  if (limits === null) return 'fine'
  const isBeyond = (limit: number) => (limits.direction === 'above' ? value > limit : value < limit)
  if (limits.critical !== null && isBeyond(limits.critical)) return 'critical'
  return isBeyond(limits.warning) ? 'warning' : 'fine'
}
