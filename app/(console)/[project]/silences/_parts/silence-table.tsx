import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { Stage } from '@/lib/domain/mute/silence.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { SilenceView } from '@/lib/queries/silences.ts'
import { expire } from '../actions.ts'

/** What is kept quiet, from when to when, by whom and why. */
export function SilenceTable(props: {
  silences: readonly SilenceView[]
  stage: Stage
  slug: string
  now: Instant
  timeZone: string
  mayChange: boolean
}) {
  const { stage, slug, now, timeZone } = props
  const t = useTranslations('silences')
  const locale = useLocale()
  const moment = (at: Instant) => <span className="tabular-nums">{formatBriefIn(timeZone, at, now, locale)}</span>
  const columns: Column<SilenceView>[] = [
    { key: 'matchers', header: t('columns.matchers'), cell: ({ matchers }) => <Matchers matchers={matchers} /> },
    { key: 'from', header: t('columns.from'), width: '8rem', cell: ({ startsAt }) => moment(startsAt) },
    {
      key: 'until',
      header: t('columns.until'),
      width: '13rem',
      cell: ({ endsAt }) => (
        <span>
          {moment(endsAt)}
          {stage === 'active' && (
            <span className="text-ink-muted"> ({t('left', { length: formatDuration(endsAt - now, locale) })})</span>
          )}
        </span>
      ),
    },
    {
      key: 'author',
      header: t('columns.author'),
      hideOnTablet: true,
      cell: ({ author }) => <span className="[overflow-wrap:anywhere]">{author}</span>,
    },
    {
      key: 'comment',
      header: t('columns.comment'),
      phone: 'plain',
      cell: ({ comment }) => <span className="text-ink-muted [overflow-wrap:anywhere]">{comment}</span>,
    },
  ]
  if (props.mayChange && stage !== 'past') {
    columns.push({
      key: 'end',
      header: t('columns.end'),
      isHeaderHidden: true,
      align: 'right',
      phone: 'plain',
      width: '7rem',
      cell: ({ id, matchers }) => (
        <form action={expire.bind(null, slug, id)}>
          <SubmitButton variant="secondary" size="small">
            {t(stage === 'active' ? 'end' : 'drop')}
            <span className="sr-only"> {matchers.join(', ')}</span>
          </SubmitButton>
        </form>
      ),
    })
  }
  return <DataTable caption={t('title')} columns={columns} rows={props.silences} rowKey={({ id }) => id} />
}

function Matchers({ matchers }: { matchers: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {matchers.map((matcher) => (
        <code
          key={matcher}
          className="rounded-sm border border-line-strong px-1.5 font-mono text-sm [overflow-wrap:anywhere]"
        >
          {matcher}
        </code>
      ))}
    </span>
  )
}
