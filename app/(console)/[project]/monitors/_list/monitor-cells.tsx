import { useLocale, useTranslations } from 'next-intl'
import { Sparkline } from '@/app/_components/charts/sparkline.tsx'
import { UptimeStrip } from '@/app/_components/charts/uptime-strip.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { formatCoverage, formatLatency, formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { MonitorLine } from '@/lib/queries/monitor-row.ts'

/** Fewer points than this are dots, not a course. */
const LEAST_FOR_A_LINE = 3

/** Name, and in small what is watched. */
export function NameCell({ line }: { line: MonitorLine }) {
  const t = useTranslations('monitors')
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <span className="[overflow-wrap:anywhere]">{line.name}</span>
      {line.isFlapping && <span className="text-sm font-normal text-degraded">{t('flapping')}</span>}
    </span>
  )
}

export function StripCell({ line }: { line: MonitorLine }) {
  const t = useTranslations('monitors.strip')
  const count = (state: string) => line.cells.filter((cell) => cell.state === state).length
  const parts = (['down', 'degraded', 'unknown'] as const)
    .map((state) => ({ state, count: count(state) }))
    .filter((part) => part.count > 0)
    .map((part) => t(part.state, { count: part.count }))
  const known = line.cells.filter(({ state }) => state !== null && state !== 'unknown').length
  // Bars stand on the ground of their strip; lifted a little, the common height is in line with the text.
  return (
    <span className="relative -top-1 block">
      <UptimeStrip cells={line.cells} label={parts.length > 0 ? parts.join(', ') : t('fine', { count: known })} />
    </span>
  )
}

/** Uptime never stands alone: how much of the time was measured at all stands beside it. */
export function UptimeCell({ line }: { line: MonitorLine }) {
  const t = useTranslations('monitors')
  const locale = useLocale()
  return (
    <span className="whitespace-nowrap">
      {formatUptime(line.uptime, locale)}{' '}
      {line.coverage !== null && (
        <span className="text-sm text-ink-faint">
          {t('measured', { share: formatCoverage(line.coverage, locale) })}
        </span>
      )}
    </span>
  )
}

export function LatencyCell({ line }: { line: MonitorLine }) {
  const t = useTranslations('monitors')
  const locale = useLocale()
  if (line.p95Ms === null) return <span className="text-ink-faint">–</span>
  const hourly = line.cells.map(({ p95Ms }) => p95Ms)
  const measured = hourly.filter((ms) => ms !== null)
  const label = t('sparkline', {
    from: formatLatency(Math.min(...measured), locale),
    to: formatLatency(Math.max(...measured), locale),
  })
  return (
    <span className="flex items-center gap-3 sm:justify-end">
      <span className="max-sm:hidden">
        {measured.length >= LEAST_FOR_A_LINE && <Sparkline values={hourly} label={label} width={72} height={20} />}
      </span>
      <span className="whitespace-nowrap sm:min-w-16">{formatLatency(line.p95Ms, locale)}</span>
    </span>
  )
}

export function LastResultCell(props: { line: MonitorLine; now: Instant; timeZone: string }) {
  const t = useTranslations('monitors')
  const locale = useLocale()
  const { line } = props
  if (line.lastResultAt === null) return <span className="text-ink-faint">{t('noResult')}</span>
  const tone = line.state === 'down' ? 'text-down' : 'text-degraded'
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 sm:flex-nowrap">
      {line.problem ? (
        <span
          className={`min-w-0 sm:max-w-56 sm:truncate xl:max-w-72 ${line.state === 'up' ? '' : tone}`}
          title={line.problem}
        >
          {line.problem}
        </span>
      ) : (
        line.lastLatencyMs !== null && (
          <span className="whitespace-nowrap tabular-nums">{formatLatency(line.lastLatencyMs, locale)}</span>
        )
      )}
      <span className="text-sm text-ink-muted">
        <RelativeTime at={line.lastResultAt} now={props.now} timeZone={props.timeZone} focusable={false} />
      </span>
    </span>
  )
}
