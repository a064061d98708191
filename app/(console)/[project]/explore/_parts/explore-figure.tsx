import { useLocale, useTranslations } from 'next-intl'
import { alignLines } from '@/app/_components/charts/aligned-lines.ts'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { ZoomChart } from '@/app/_components/charts/zoom-chart.client.tsx'
import { formatValue, unitOf } from '@/lib/domain/rollup/format-value.ts'
import type { SeriesAnswer, SeriesLine } from '@/lib/domain/series/question.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import { describeLine, type Exploration, type ExploreRequest } from '@/lib/queries/explore.ts'
import { exploreHref } from '../_request.ts'
import { LineTable } from './line-table.tsx'

interface Props {
  exploration: Exploration
  answer: SeriesAnswer
  deployments: readonly LiveMark[]
  incidents: readonly LiveMark[]
  request: ExploreRequest
  path: string
  timeZone: string
}

/** The chart with its finding, and its lines by name: what each is now, at its highest and on average. */
export function ExploreFigure(props: Props) {
  const t = useTranslations('explore')
  const locale = useLocale()
  const { exploration, answer, deployments, incidents, timeZone } = props
  const { aggregate, by, from, until, stepMs, metric } = exploration
  const unit = unitOf(answer.unit, aggregate, answer.kind)
  const value = (number: number) => formatValue(number, unit, locale)
  const name = (line: SeriesLine) => nameOf(line, by, t('form.notSplit'), t('without', { name: by ?? '' }))
  const top = answer.lines[0]
  const facts = top === undefined ? null : describeLine(top)
  const lines =
    top === undefined || facts === null
      ? t('finding.nothing')
      : t(answer.lines.length === 1 ? 'finding.one' : 'finding.several', {
          name: name(top),
          last: value(facts.last),
          highest: value(facts.highest),
          at: formatBriefIn(timeZone, facts.highestAt, until, locale),
          shown: answer.lines.length,
          total: answer.groupsTotal,
        })
  const finding = [
    lines,
    deployments.length === 0 ? null : t('finding.deployments', { count: deployments.length }),
    incidents.length === 0 ? null : t('finding.incidents', { count: incidents.length }),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
  return (
    <>
      <Figure
        title={t('figure', { metric: metric?.name ?? '', aggregate: t(`form.aggregates.${aggregate}`) })}
        finding={finding}
        table={{
          columns: [t('time'), ...answer.lines.map(name)],
          rows: tableRows(answer, (at) => formatBriefIn(timeZone, at, until, locale), value),
        }}
      >
        <ZoomChart
          data={alignLines(answer.lines, stepMs)}
          names={answer.lines.map(name)}
          unit={unit}
          locale={locale}
          timeZone={timeZone}
          range={{ fromAt: from, toAt: until }}
          stepMs={stepMs}
          marks={[...deployments, ...incidents]}
          zoomHref={`${exploreHref(props.path, props.request, { from: null, until: null })}&from={from}&until={until}`}
          logsHref={`${props.path.replace(/\/explore$/, '/logs')}?from={from}&to={until}`}
          texts={{ logs: t('zoom.logs'), close: t('zoom.close') }}
        >
          <SeriesChart
            lines={answer.lines}
            unit={unit}
            stepMs={stepMs}
            fromAt={from}
            toAt={until}
            timeZone={timeZone}
            label={finding}
            deployments={[...deployments, ...incidents]}
          />
        </ZoomChart>
        <p className="text-sm text-ink-muted max-sm:hidden">
          {t('zoom.hint')} {t('zoom.zone', { zone: timeZone })}
        </p>
      </Figure>
      {answer.lines.length > 0 && <LineTable {...props} name={name} value={value} />}
    </>
  )
}

function nameOf({ group }: SeriesLine, by: string | null, all: string, without: string): string {
  if (by === null) return all
  return group[0] === '' || group[0] === undefined ? without : group[0]
}

function tableRows(
  { lines }: SeriesAnswer,
  time: (at: number) => string,
  value: (number: number) => string,
): string[][] {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (one, other) => other - one,
  )
  const byLine = lines.map(({ points }) => new Map(points.map((point) => [point.at, point.value])))
  return times.slice(0, 200).map((at) => [
    time(at),
    ...byLine.map((values) => {
      const number = values.get(at)
      return number === undefined ? '–' : value(number)
    }),
  ])
}
