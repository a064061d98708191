import { useLocale, useTranslations } from 'next-intl'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { DATABASE_LIMITS } from '@/lib/domain/database/limits.ts'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import type { SeriesLine } from '@/lib/domain/series/question.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { DatabaseChart, DatabaseView } from '@/lib/queries/databases.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import { describeLine } from '@/lib/queries/explore.ts'

interface Look {
  unit: string
  /** From the unit of the series to that of the chart. */
  factor: number
  /** In the unit of the chart. */
  limit: number | null
}

const SHARE = { unit: '%', factor: 100 } as const
const LOOKS: Record<DatabaseChart, Look> = {
  connections: { ...SHARE, limit: DATABASE_LIMITS.connections * 100 },
  statementP95: { unit: 'ms', factor: 1_000, limit: DATABASE_LIMITS.statementP95Ms },
  cacheHits: { ...SHARE, limit: DATABASE_LIMITS.cacheHits * 100 },
  size: { unit: 'By', factor: 1, limit: null },
  cpu: { ...SHARE, limit: null },
  memory: { ...SHARE, limit: null },
}
/** Shown even when empty; those of the machine only where there is something to show. */
const ALWAYS: readonly DatabaseChart[] = ['connections', 'statementP95', 'cacheHits', 'size']
const TABLE_ROWS_MAX = 200

interface ChartsProps {
  view: DatabaseView
  marks: readonly LiveMark[]
  timeZone: string
}

/** The history of the figures with the guides' limits and the deployments drawn in. */
export function Charts(props: ChartsProps) {
  const { view } = props
  const names = (Object.keys(LOOKS) as DatabaseChart[]).filter(
    (name) => ALWAYS.includes(name) || (view.charts[name]?.lines.length ?? 0) > 0,
  )
  return (
    <div className="grid gap-x-10 gap-y-8 *:min-w-0 lg:grid-cols-2">
      {names.map((name) => (
        <Chart key={name} name={name} {...props} />
      ))}
    </div>
  )
}

function Chart({ name, view, marks, timeZone }: ChartsProps & { name: DatabaseChart }) {
  const t = useTranslations('database.charts')
  const locale = useLocale()
  const { unit, factor, limit } = lookOf(name, view)
  const value = (number: number) => formatValue(number, unit, locale)
  const lines = (view.charts[name]?.lines ?? []).map((line) => scale(line, factor))
  const facts = lines[0] === undefined ? null : describeLine(lines[0])
  const [extreme, extremeAt] =
    facts === null ? [0, 0] : name === 'cacheHits' ? [facts.lowest, facts.lowestAt] : [facts.highest, facts.highestAt]
  const finding =
    facts === null
      ? t('nothing')
      : t(`${name}.finding`, {
          last: value(facts.last),
          extreme: value(extreme),
          at: formatBriefIn(timeZone, extremeAt, view.until, locale),
        })
  const rows = (lines[0]?.points ?? [])
    .toReversed()
    .slice(0, TABLE_ROWS_MAX)
    .map((point) => [formatBriefIn(timeZone, point.at, view.until, locale), value(point.value)])
  return (
    <Figure title={t(`${name}.title`)} finding={finding} table={{ columns: [t('time'), t('value')], rows }}>
      <SeriesChart
        lines={lines}
        unit={unit}
        stepMs={view.stepMs}
        fromAt={view.from}
        toAt={view.until}
        timeZone={timeZone}
        label={`${t(`${name}.title`)}. ${finding}`}
        deployments={marks}
        limit={limit === null ? undefined : { value: limit, label: t('limit', { limit: value(limit) }) }}
      />
    </Figure>
  )
}

/** The size has a limit where somebody entered how much room there is. */
function lookOf(name: DatabaseChart, { source }: DatabaseView): Look {
  const look = LOOKS[name]
  if (name !== 'size' || source.storageLimitBytes === null) return look
  return { ...look, limit: source.storageLimitBytes * DATABASE_LIMITS.storage }
}

function scale({ group, points }: SeriesLine, factor: number): SeriesLine {
  return { group, points: points.map(({ at, value }) => ({ at, value: value * factor })) }
}
