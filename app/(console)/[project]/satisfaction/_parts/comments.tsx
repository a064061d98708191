import { useLocale, useTranslations } from 'next-intl'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { type KeptAnswer, RATINGS } from '@/lib/domain/feedback/answer.ts'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { SatisfactionRequest, SatisfactionView } from '@/lib/queries/satisfaction.ts'
import { satisfactionHref } from '../_request.ts'

interface Props {
  view: SatisfactionView
  request: SatisfactionRequest
  path: string
  timeZone: string
  now: Instant
}

/** What people wrote, newest first, with what else is known of their answer. */
export function Comments({ view, request, path, timeZone, now }: Props) {
  const t = useTranslations('satisfaction')
  const choices = [null, ...RATINGS]
  return (
    <Section
      title={t('comments.title')}
      action={
        <SegmentedLinks
          label={t('comments.filter')}
          items={choices.map((rating) => ({
            href: satisfactionHref(path, request, { rating, below: null }),
            label: rating === null ? t('comments.all') : String(rating),
            current: request.rating === rating,
          }))}
        />
      }
    >
      {view.comments.length === 0 ? (
        <EmptyState title={t('comments.none')} />
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {view.comments.map((answer) => (
            <li key={answer.id} className="flex flex-col gap-1 py-3">
              <p className="max-w-[72ch] whitespace-pre-line [overflow-wrap:anywhere]">{answer.comment}</p>
              <Facts answer={answer} timeZone={timeZone} now={now} />
            </li>
          ))}
        </ol>
      )}
      <Pagination
        newerHref={request.below === null ? null : satisfactionHref(path, request, { below: null })}
        olderHref={view.next === null ? null : satisfactionHref(path, request, { below: view.next })}
      />
    </Section>
  )
}

function Facts({ answer, timeZone, now }: { answer: KeptAnswer } & Pick<Props, 'timeZone' | 'now'>) {
  const t = useTranslations('satisfaction')
  const locale = useLocale()
  const { rating, page, perceivedSpeed, loadMs, release, environment } = answer
  const facts = [
    page,
    perceivedSpeed === null ? '' : t(`speeds.${perceivedSpeed}`),
    loadMs === null ? '' : t('comments.loaded', { duration: formatLatency(loadMs, locale) }),
    release,
    environment === 'production' ? '' : environment,
  ].filter((fact) => fact !== '')
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm text-ink-muted">
      <span className="font-medium text-ink">{`${rating} · ${t(`ratings.${rating}`)}`}</span>
      {facts.map((fact) => (
        <span key={fact} className="[overflow-wrap:anywhere]">
          {fact}
        </span>
      ))}
      <RelativeTime at={answer.answeredAt} now={now} timeZone={timeZone} />
    </p>
  )
}
