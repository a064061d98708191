import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { ErrorIssue } from '@/lib/domain/log/error-issue.ts'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { ErrorStatus } from './error-status.tsx'

/** Errors as rows: what, how grave, how often, whom it met, and when it was last seen. */
export function ErrorTable(props: { issues: readonly ErrorIssue[]; now: Instant; timeZone: string }) {
  const t = useTranslations('errorList')
  const locale = useLocale()
  const { now, timeZone } = props
  const count = (value: number) => (value === 0 ? '–' : formatCount(value, locale))
  const columns: Column<ErrorIssue>[] = [
    { key: 'title', header: t('columns.title'), cell: (issue) => <Title issue={issue} /> },
    {
      key: 'status',
      header: t('columns.status'),
      phone: 'plain',
      width: '7rem',
      cell: ({ status }) => <ErrorStatus status={status} />,
    },
    {
      key: 'level',
      header: t('columns.level'),
      phone: 'plain',
      width: '7rem',
      cell: ({ level }) => t(`levels.${level}`),
    },
    {
      key: 'release',
      header: t('columns.release'),
      phone: 'hide',
      hideOnTablet: true,
      width: '10rem',
      cell: ({ release }) => <span className="text-ink-muted [overflow-wrap:anywhere]">{release || '–'}</span>,
    },
    {
      key: 'count',
      header: t('columns.count'),
      align: 'right',
      width: '5rem',
      cell: (issue) => count(issue.count),
    },
    { key: 'users', header: t('columns.users'), align: 'right', width: '5rem', cell: ({ users }) => count(users) },
    {
      key: 'seen',
      header: t('columns.seen'),
      align: 'right',
      phone: 'aside',
      width: '8rem',
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} now={now} timeZone={timeZone} />,
    },
  ]
  return <DataTable caption={t('title')} columns={columns} rows={props.issues} rowKey={({ id }) => String(id)} />
}

function Title({ issue }: { issue: ErrorIssue }) {
  const t = useTranslations('errorList')
  const { title, url, kind, shortId, service } = issue
  const text = title === '' ? t('untitled') : title
  const aside = [kind === 'alert' ? t('alert') : shortId, service].filter((part) => part !== '').join(' · ')
  return (
    <span className="[overflow-wrap:anywhere]">
      {url === '' ? (
        text
      ) : (
        <a href={url} target="_blank" rel="noreferrer" className="underline decoration-line-strong underline-offset-4">
          {text}
        </a>
      )}{' '}
      <span className="text-sm text-ink-muted">{aside}</span>
    </span>
  )
}
