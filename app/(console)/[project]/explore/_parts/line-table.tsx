import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { lineStyle } from '@/app/_components/charts/series-style.ts'
import type { SeriesAnswer, SeriesLine } from '@/lib/domain/series/question.ts'
import { describeLine, type Exploration, type ExploreRequest } from '@/lib/queries/explore.ts'
import { exploreHref } from '../_request.ts'

const CELL_CLASS = 'pl-4 text-right whitespace-nowrap'

/** What each line was; where it was highest leads to the logs of that time. */
export function LineTable({
  answer,
  exploration,
  request,
  path,
  name,
  value,
}: {
  answer: SeriesAnswer
  exploration: Exploration
  request: ExploreRequest
  path: string
  name: (line: SeriesLine) => string
  value: (number: number) => string
}) {
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
