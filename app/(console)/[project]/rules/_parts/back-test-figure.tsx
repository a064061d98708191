import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import type { DeploymentMark } from '@/app/_components/charts/types.ts'
import type { TestedRule } from '@/lib/domain/alert/back-test-step.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { DAY, HOUR, MINUTE } from '@/lib/domain/time/instant.ts'
import type { BackTestView } from '@/lib/queries/back-test.ts'
import { scaleOf } from '@/lib/queries/rule-scale.ts'

interface Props {
  rule: TestedRule
  test: BackTestView
  days: number
  marks: readonly DeploymentMark[]
  timeZone: string
  slug: string
  aside?: ReactNode
  title?: string
}

/** What a rule would have done, on its values: when it would have fired, how often and for how long, and which incidents it would have told of. */
export function BackTestFigure(props: Props) {
  const t = useTranslations('rules.backTest')
  const locale = useLocale()
  const { rule, test, days, timeZone } = props
  const { factor, unit, say } = scaleOf(rule.condition, test.unitOf, locale)
  const limit = test.limits.critical ?? test.limits.warning
  // What is usual moves with the hour: of several groups, each has a limit of its own, and they would hide the values.
  const isMoving = rule.condition.kind === 'anomaly' && test.run.course.length === 1
  const lines = test.run.course.map(({ group, points }) => ({
    group,
    points: points.map(({ at, value }) => ({ at, value: value * factor })),
  }))
  const limits = isMoving ? (test.run.course[0]?.points ?? []) : []
  const finding = useFinding(props)
  const time = (at: number) => formatBriefIn(timeZone, at, test.until, locale)
  return (
    <>
      <Figure
        title={props.title ?? t('chart', { days })}
        finding={finding}
        aside={props.aside}
        table={{
          columns: [t('fired'), t('lasted'), t('level'), t('peak'), t('group')],
          rows: test.run.firings
            .toReversed()
            .slice(0, 200)
            .map(({ firedAt, resolvedAt, level, peak, group }) => [
              time(firedAt),
              resolvedAt === null ? t('still') : formatDuration(resolvedAt - firedAt, locale),
              t(`levels.${level}`),
              peak === null ? '–' : say(peak),
              group.join(', ') || '–',
            ]),
        }}
      >
        <SeriesChart
          lines={lines}
          unit={unit}
          stepMs={test.pointMs}
          fromAt={test.from}
          toAt={test.until}
          timeZone={timeZone}
          label={finding}
          deployments={props.marks}
          movingLimit={limits.flatMap((point) =>
            point.limit === null ? [] : [{ at: point.at, value: point.limit * factor }],
          )}
          limit={limit === undefined ? undefined : { value: limit * factor, label: say(limit) }}
          alerts={test.run.firings.map(({ firedAt, resolvedAt, level }) => ({
            fromAt: firedAt,
            toAt: resolvedAt ?? test.until,
            level,
          }))}
        />
      </Figure>
      <Details {...props} />
    </>
  )
}

function useFinding({ rule, test, days, timeZone }: Props): string {
  const t = useTranslations('rules.backTest')
  const locale = useLocale()
  const { pages, pagesAtNight, reminders, run, longestMs, totalMs, from, until } = test
  const { kind } = rule.condition
  const isLearning =
    kind === 'anomaly' && run.course.every(({ points }) => points.every((point) => point.limit === null))
  const isShort = until - from < days * DAY - HOUR
  // What was looked at, not what was asked for.
  const covered = Math.max(1, Math.round((until - from) / DAY))
  const parts = [
    pages.length === 0
      ? t('never', { days: covered })
      : t('finding', { pages: pages.length, days: covered, night: pagesAtNight }),
    reminders === 0 ? null : t('reminders', { count: reminders }),
    run.firings.length === 0
      ? null
      : t('lengths', {
          count: run.firings.length,
          longest: formatDuration(longestMs, locale),
          total: formatDuration(totalMs, locale),
        }),
    isShort ? t('since', { at: formatBriefIn(timeZone, from, until, locale) }) : null,
    test.minutesFrom > from ? t('hours', { at: formatBriefIn(timeZone, test.minutesFrom, until, locale) }) : null,
    test.stepMs > MINUTE ? t('step', { step: formatDuration(test.stepMs, locale) }) : null,
    isLearning ? t('learning') : kind === 'threshold' || kind === 'expiry' ? null : t(`draws.${kind}`),
    test.groupsLeftOut > 0 ? t('leftOut', { count: test.groupsLeftOut }) : null,
  ]
  return parts.filter((part) => part !== null).join(' ')
}

/** Incidents that it would have told of, and those that it would not have. */
function Details({ test, slug }: Props) {
  const t = useTranslations('rules.backTest')
  const locale = useLocale()
  const { caught, missed, run } = test
  return (
    <div className="flex flex-col gap-1 text-sm text-ink-muted">
      {caught.slice(0, 5).map(({ incident, afterMs }) => (
        <p key={incident.number}>
          <Link href={`/${slug}/incidents/${incident.number}`} className="text-ink underline underline-offset-4">
            {t('incident', { number: incident.number })}
          </Link>{' '}
          {t(afterMs < 0 ? 'before' : 'after', { time: formatDuration(Math.abs(afterMs), locale) })}
        </p>
      ))}
      {missed.length > 0 && <p>{t('missed', { count: missed.length, all: missed.length + caught.length })}</p>}
      {run.failed !== null && <p lang="en">{run.failed.reason}</p>}
    </div>
  )
}
