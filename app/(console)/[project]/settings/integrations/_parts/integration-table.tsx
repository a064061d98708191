import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Integration } from '@/lib/domain/deployment/integration.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { IntegrationStatus } from './integration-status.tsx'

/** Connections as rows: with what, whether they work, and when something last came. */
export function IntegrationTable(props: {
  integrations: readonly Integration[]
  path: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('integrations')
  const { path, now, timeZone } = props
  const columns: Column<Integration>[] = [
    { key: 'name', header: t('columns.name'), cell: ({ name }) => name },
    { key: 'kind', header: t('columns.kind'), phone: 'aside', width: '8rem', cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'status',
      header: t('columns.status'),
      phone: 'plain',
      width: '14rem',
      cell: (integration) => <IntegrationStatus integration={integration} />,
    },
    {
      key: 'received',
      header: t('columns.received'),
      width: '10rem',
      cell: ({ lastReceivedAt }) =>
        lastReceivedAt === null ? (
          <span className="text-ink-faint">{t('nothingYet')}</span>
        ) : (
          <RelativeTime at={lastReceivedAt} now={now} timeZone={timeZone} focusable={false} />
        ),
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={props.integrations}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `${path}/${id}`}
    />
  )
}
