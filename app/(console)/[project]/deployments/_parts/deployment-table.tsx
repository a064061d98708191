import { useLocale, useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { nameDeployment, shortCommit } from '@/lib/domain/deployment/name.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { DeploymentLine } from '@/lib/queries/deployments.ts'
import { DeploymentStatus } from './deployment-status.tsx'

/** Deployments as rows: what, where it stands, from which code, when, and how long the build took. */
export function DeploymentTable(props: { deployments: readonly DeploymentLine[]; now: Instant; timeZone: string }) {
  const t = useTranslations('deployments')
  const locale = useLocale()
  const { now, timeZone } = props
  const columns: Column<DeploymentLine>[] = [
    { key: 'what', header: t('columns.what'), cell: (deployment) => <What deployment={deployment} /> },
    {
      key: 'status',
      header: t('columns.status'),
      phone: 'plain',
      width: '7rem',
      cell: ({ status }) => <DeploymentStatus status={status} />,
    },
    {
      key: 'environment',
      header: t('columns.environment'),
      phone: 'plain',
      width: '7rem',
      cell: ({ environment }) => <span className="[overflow-wrap:anywhere]">{environment}</span>,
    },
    {
      key: 'code',
      header: t('columns.code'),
      phone: 'hide',
      hideOnTablet: true,
      width: '28rem',
      cell: (deployment) => <Code deployment={deployment} />,
    },
    {
      key: 'at',
      header: t('columns.at'),
      phone: 'aside',
      align: 'right',
      width: '8rem',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} timeZone={timeZone} />,
    },
    {
      key: 'build',
      header: t('columns.build'),
      align: 'right',
      width: '6rem',
      cell: ({ buildDurationMs }) => (buildDurationMs === null ? '–' : formatDuration(buildDurationMs, locale)),
    },
  ]
  return <DataTable caption={t('title')} columns={columns} rows={props.deployments} rowKey={({ id }) => String(id)} />
}

function What({ deployment }: { deployment: DeploymentLine }) {
  const t = useTranslations('deployments')
  const { service, url, source } = deployment
  const name = service === '' ? nameDeployment(deployment) : service
  return (
    <span className="[overflow-wrap:anywhere]">
      {url === '' ? (
        name
      ) : (
        <a href={url} target="_blank" rel="noreferrer" className="underline decoration-line-strong underline-offset-4">
          {name}
        </a>
      )}{' '}
      <span className="text-sm text-ink-muted">{t(`sources.${source}`)}</span>
    </span>
  )
}

function Code({ deployment: { branch, commit, commitMessage } }: { deployment: DeploymentLine }) {
  const t = useTranslations('deployments')
  if (branch === '' && commit === '') return <span className="text-ink-faint">{t('noCode')}</span>
  const whole = [branch, commit, commitMessage].filter((part) => part !== '').join(' ')
  return (
    // One line: the platform has the rest, and the pointer shows it.
    <span title={whole} className="block max-w-[28rem] truncate">
      {branch} {commit !== '' && <code className="font-mono text-sm">{shortCommit(commit)}</code>}
      {commitMessage !== '' && <span className="text-sm text-ink-muted"> {commitMessage}</span>}
    </span>
  )
}
