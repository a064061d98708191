import type { useTranslations } from 'next-intl'
import { type FindingKind, longRunning, storageRatio } from '@/lib/domain/database/findings.ts'
import { DATABASE_LIMITS } from '@/lib/domain/database/limits.ts'
import type { DatabaseSnapshot } from '@/lib/domain/database/schema.ts'
import { connectionsTotal } from '@/lib/domain/database/snapshot.ts'
import { formatCount, formatLatency, formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { DatabaseView } from '@/lib/queries/databases.ts'

type Texts = ReturnType<typeof useTranslations<'database.figures'>>

/** One figure as the grid shows it. */
export interface Figure {
  /** Its name in the texts. */
  key: string
  value: string
  isKnown: boolean
  detail: string
  /** Of the bar, 0 to 1; null without a bar. */
  share: number | null
  limitShare: number | null
  /** The limit in words; null without one. */
  limit: string | null
  /** The finding that says it is beyond its limit. */
  finding: FindingKind | null
}

/** Connections, p95, cache hits, deadlocks, size, long statements, and the machine where it is known. */
export function figuresOf(view: DatabaseView, snapshot: DatabaseSnapshot, t: Texts, locale: Locale): Figure[] {
  const { statementP95Ms, cacheHitRatio, cpuRatio, memoryRatio, diskRatio } = snapshot
  const { deadlocksPerDay } = view
  const limits = DATABASE_LIMITS
  const percent = (ratio: number) => formatUptime(ratio, locale, 1)
  const figure = (key: string, value: string | null, detail: string, more: Partial<Figure>): Figure => ({
    key,
    value: value ?? t('unknown'),
    isKnown: value !== null,
    detail,
    share: null,
    limitShare: null,
    limit: null,
    finding: null,
    ...more,
  })
  const shareOf = (key: string, ratio: number | null, limit: number | null): Figure[] =>
    ratio === null
      ? []
      : [
          figure(key, percent(ratio), t('machineDetail'), {
            share: ratio,
            ...(limit === null
              ? {}
              : { limitShare: limit, limit: t('below', { limit: percent(limit) }), finding: 'disk_high' }),
          }),
        ]
  return [
    connections(snapshot, t, figure, percent),
    figure(
      'statementP95',
      statementP95Ms === null ? null : formatLatency(statementP95Ms, locale),
      t('statementP95Detail'),
      {
        // The limit stands in the middle: what is twice as slow fills the bar.
        share: statementP95Ms === null ? null : statementP95Ms / (2 * limits.statementP95Ms),
        limitShare: 0.5,
        limit: t('below', { limit: formatLatency(limits.statementP95Ms, locale) }),
        finding: 'statements_p95_high',
      },
    ),
    figure('cacheHits', cacheHitRatio === null ? null : percent(cacheHitRatio), t('cacheHitsDetail'), {
      share: cacheHitRatio,
      limitShare: limits.cacheHits,
      limit: t('above', { limit: percent(limits.cacheHits) }),
      finding: 'cache_hits_low',
    }),
    figure('deadlocks', deadlocksPerDay === null ? null : formatCount(deadlocksPerDay, locale), t('deadlocksDetail'), {
      limit: t('below', { limit: formatCount(limits.deadlocksPerDay, locale) }),
      finding: 'deadlocks',
    }),
    storage(snapshot, t, figure, percent, locale),
    figure('longRunning', formatCount(longRunning(snapshot).length, locale), t('longRunningDetail'), {
      limit: t('below', { limit: formatCount(0, locale) }),
      finding: 'long_running',
    }),
    ...shareOf('cpu', cpuRatio, null),
    ...shareOf('memory', memoryRatio, null),
    ...shareOf('disk', diskRatio, limits.storage),
  ]
}

type MakeFigure = (key: string, value: string | null, detail: string, more: Partial<Figure>) => Figure

function connections(
  snapshot: DatabaseSnapshot,
  t: Texts,
  figure: MakeFigure,
  percent: (ratio: number) => string,
): Figure {
  const { connections: byState, maxConnections } = snapshot
  const { active = 0, idle = 0, idle_in_transaction: waiting = 0, unknown: hidden = 0 } = byState
  const used = connectionsTotal(snapshot)
  const seen = t('connectionsDetail', { active, idle, waiting })
  return figure(
    'connections',
    t('connectionsValue', { used, max: maxConnections }),
    hidden === 0 ? seen : `${seen}, ${t('connectionsHidden', { hidden })}`,
    {
      share: used / maxConnections,
      limitShare: DATABASE_LIMITS.connections,
      limit: t('below', { limit: percent(DATABASE_LIMITS.connections) }),
      finding: 'connections_high',
    },
  )
}

function storage(
  snapshot: DatabaseSnapshot,
  t: Texts,
  figure: MakeFigure,
  percent: (ratio: number) => string,
  locale: Locale,
): Figure {
  const { sizeBytes, storageLimitBytes } = snapshot
  const ratio = storageRatio(snapshot)
  const size = formatValue(sizeBytes, 'By', locale)
  if (ratio === null || storageLimitBytes === null) return figure('storage', size, t('storageUnlimited'), {})
  const detail = t('storageDetail', { share: percent(ratio), limit: formatValue(storageLimitBytes, 'By', locale) })
  return figure('storage', size, detail, {
    share: ratio,
    limitShare: DATABASE_LIMITS.storage,
    limit: t('below', { limit: percent(DATABASE_LIMITS.storage) }),
    finding: 'storage_high',
  })
}
