import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { alignLines } from '@/app/_components/charts/aligned-lines.ts'
import { Figure } from '@/app/_components/charts/figure.tsx'
import { SeriesChart } from '@/app/_components/charts/series-chart.tsx'
import { lineStyle } from '@/app/_components/charts/series-style.ts'
import { ZoomChart } from '@/app/_components/charts/zoom-chart.client.tsx'
import { formatValue, unitOf } from '@/lib/domain/rollup/format-value.ts'
import type { SeriesAnswer, SeriesLine } from '@/lib/domain/series/question.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { LiveMark } from '@/lib/queries/deployments.ts'
import { describeLine, type Exploration, type ExploreRequest } from '@/lib/queries/explore.ts'
import { exploreHref } from '../_request.ts'

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

const CELL_CLASS = 'pl-4 text-right whitespace-nowrap'

/** What each line was; where it was highest leads to the logs of that time. */
function LineTable({
  answer,
  exploration,
  request,
  path,
  name,
  value,
}: Props & { name: (line: SeriesLine) => string; value: (number: number) => string }) {
  const t = useTranslations('explore.lines')
  const { by } = exploration
  const logsPath = path.replace(/\/explore$/, '/logs')
  return (
    <table className="w-full text-left tabular-nums">
      <caption className="sr-only">{t('title')}</caption>
      <thead>
        <tr className="border-b border-line text-sm text-ink-muted">
          <th scope="col" className="py-1.5 pr-4 font-normal">
            {t('line')}
          </th>
          {(['last', 'highest', 'mean'] as const).map((column) => (
            <th key={column} scope="col" className="py-1.5 pl-4 text-right font-normal">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {answer.lines.map((line, index) => {
          const facts = describeLine(line)
          if (facts === null) return null
          return (
            <tr key={line.group.join(' ')} className="h-10">
              <th scope="row" className="pr-4 font-normal [overflow-wrap:anywhere]">
                <span className="inline-flex items-center gap-2">
                  <svg width="20" height="8" aria-hidden="true" className="shrink-0">
                    <path d="M1 4H19" strokeWidth="2" strokeLinecap="round" {...lineStyle(index)} />
                  </svg>
                  {by === null || line.group[0] === '' ? (
                    name(line)
                  ) : (
                    <Link
                      href={exploreHref(
                        path,
                        { ...request, where: [...request.where, `${by}:${line.group[0]}`] },
                        { by: null },
                      )}
                      prefetch={false}
                      className="underline decoration-line-strong underline-offset-4"
                    >
                      {name(line)}
                    </Link>
                  )}
                </span>
              </th>
              <td className={CELL_CLASS}>{value(facts.last)}</td>
              <td className={CELL_CLASS}>
                <Link
                  href={`${logsPath}?from=${facts.highestAt}&to=${facts.highestAt + exploration.stepMs}`}
                  prefetch={false}
                  aria-label={t('logsOf', { value: value(facts.highest) })}
                  className="underline decoration-line-strong underline-offset-4"
                >
                  {value(facts.highest)}
                </Link>
              </td>
              <td className={CELL_CLASS}>{value(facts.mean)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
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
