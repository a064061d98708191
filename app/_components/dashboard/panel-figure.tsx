import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { formatValue } from '../../../lib/domain/rollup/format-value.ts'
import type { Limits, PanelPoint, PanelState } from '../../../lib/domain/series/panel.ts'
import { formatBriefIn } from '../../../lib/domain/time/format-zoned.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { FigureTable } from '../charts/figure.tsx'
import { StateShape } from '../ui/state-shape.tsx'
import { PanelChart } from './panel-chart.tsx'

const SHAPES = { fine: 'up', warning: 'degraded', critical: 'degraded', silent: 'unknown' } as const
const TONES = { fine: 'text-up', warning: 'text-degraded', critical: 'text-degraded', silent: 'text-unknown' } as const
const TABLE_ROWS = 60

export interface PanelFigureProps {
  title: string
  points: readonly PanelPoint[]
  current: PanelPoint | null
  /** Null: no data in the range. */
  state: PanelState | null
  limits: Limits | null
  unit: string
  stepMs: number
  range: { fromAt: Instant; toAt: Instant }
  timeZone: string
  now: Instant
  /** The view of Explore behind the figure; null where there is none. */
  href: string | null
  /** The editor of rules, filled in for the figure; null where there is none. */
  alertHref: string | null
  /** What to send for the figure to show, where nothing does. */
  wanted: string
}

/** One figure of a dashboard: what it is now, how that compares with its limits, and its course. */
export function PanelFigure(props: PanelFigureProps) {
  const t = useTranslations('dashboards')
  const locale = useLocale()
  const { points, current, state, limits, unit, timeZone, now } = props
  const value = (number: number) => formatValue(number, unit, locale)
  const brief = (at: Instant) => formatBriefIn(timeZone, at, now, locale)
  if (current === null || state === null) return <MissingPanel title={props.title} wanted={props.wanted} />
  const highest = points.reduce((best, point) => (point.value > best.value ? point : best), current)
  const lowest = points.reduce((best, point) => (point.value < best.value ? point : best), current)
  const extreme = limits?.direction === 'below' ? lowest : highest
  const finding = [
    state === 'silent' ? t('silent', { at: brief(current.at + props.stepMs) }) : null,
    t(limits?.direction === 'below' ? 'lowest' : 'highest', { value: value(extreme.value), at: brief(extreme.at) }),
    limits === null
      ? null
      : t(`limits.${limits.direction}.${limits.critical === null ? 'one' : 'two'}`, {
          warning: value(limits.warning),
          critical: value(limits.critical ?? 0),
        }),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
  const table = {
    columns: [t('time'), props.title],
    rows: points
      .slice(-TABLE_ROWS)
      .toReversed()
      .map((point) => [brief(point.at), value(point.value)]),
  }
  return (
    <figure className="flex flex-col gap-2 rounded-lg border border-line p-4">
      <figcaption>
        <span className="flex items-baseline justify-between gap-3">
          <span className="font-semibold">{props.title}</span>
          {/* Without a limit nothing is judged. */}
          {(limits !== null || state === 'silent') && (
            <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${TONES[state]}`}>
              <StateShape state={SHAPES[state]} />
              {t(`states.${state}`)}
            </span>
          )}
        </span>
        <span className="block text-2xl font-semibold tracking-tight tabular-nums">{value(current.value)}</span>
        <span className="block text-sm text-ink-muted">{finding}</span>
      </figcaption>
      <PanelChart {...props} locale={locale} label={`${props.title}. ${finding}`} />
      <div className="mt-auto flex flex-wrap items-start gap-x-4 gap-y-1">
        <FigureTable title={props.title} table={table} />
        <FigureLink href={props.href} label={t('explore')} of={props.title} />
        <FigureLink href={props.alertHref} label={t('alert')} of={props.title} />
      </div>
    </figure>
  )
}

/** Every figure has the same links; which figure one is of is read out. */
function FigureLink({ href, label, of }: { href: string | null; label: string; of: string }) {
  if (href === null) return null
  return (
    <Link
      href={href}
      prefetch={false}
      className="text-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink"
    >
      {label}
      <span className="sr-only"> {of}</span>
    </Link>
  )
}

function MissingPanel({ title, wanted }: { title: string; wanted: string }) {
  const t = useTranslations('dashboards')
  return (
    <section className="flex flex-col gap-1 rounded-lg border border-dashed border-line-strong p-4">
      <h2 className="font-semibold">{title}</h2>
      <p className="text-sm text-ink-muted">
        {t('missing')} <code className="font-mono text-xs [overflow-wrap:anywhere]">{wanted}</code>
      </p>
    </section>
  )
}
