import { useLocale, useTranslations } from 'next-intl'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { HeartbeatPing } from '@/lib/ports/monitor-reader.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'

/** Where a job reports, how, and what it reported lately. */
export function Heartbeat(props: { view: MonitorView; baseUrl: string; timeZone: string }) {
  const t = useTranslations('monitor.heartbeat')
  const words = useTranslations('words')
  const { detail, monitor, pings } = props.view
  const address = `${props.baseUrl}/ping/${monitor.id}`
  const byKey = `${props.baseUrl}/ping/${detail.pingKey}/${monitor.key}`
  const copy = { label: words('copy'), copiedLabel: words('copied') }
  return (
    <>
      <Section title={t('title')} description={t('text')}>
        <div className="flex flex-col gap-3">
          <Code text={address} button={<CopyButton text={address} {...copy} />} />
          <p className="text-sm text-ink-muted">{t('example')}</p>
          <Code
            text={`/backup.sh && curl -fsS -m 10 --retry 5 ${address}`}
            button={<CopyButton text={`curl -fsS -m 10 --retry 5 ${address}`} {...copy} />}
          />
          <details className="text-sm">
            <summary className="inline-block rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
              {t('more')}
            </summary>
            <ul className="mt-2 flex flex-col gap-1.5">
              {(['start', 'fail', 'exit', 'log'] as const).map((kind) => (
                <li key={kind} className="[overflow-wrap:anywhere]">
                  <code className="font-mono">{`${address}/${kind === 'exit' ? '$?' : kind}`}</code>{' '}
                  <span className="text-ink-muted">{t(`ways.${kind}`)}</span>
                </li>
              ))}
              <li className="[overflow-wrap:anywhere]">
                <code className="font-mono">{byKey}</code> <span className="text-ink-muted">{t('ways.key')}</span>
              </li>
            </ul>
          </details>
        </div>
      </Section>
      <Section title={t('pings')}>
        {pings.length === 0 ? (
          <p className="text-ink-muted">{t('noPing')}</p>
        ) : (
          <Pings pings={pings} now={detail.now} timeZone={props.timeZone} />
        )}
      </Section>
    </>
  )
}

function Pings({ pings, now, timeZone }: { pings: readonly HeartbeatPing[]; now: number; timeZone: string }) {
  const t = useTranslations('monitor.heartbeat')
  const locale = useLocale()
  const columns: Column<HeartbeatPing>[] = [
    {
      key: 'at',
      header: t('columns.at'),
      width: '9rem',
      phone: 'title',
      cell: (ping) => <RelativeTime at={ping.receivedAt} now={now} timeZone={timeZone} />,
    },
    { key: 'kind', header: t('columns.kind'), width: '9rem', phone: 'aside', cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'took',
      header: t('columns.took'),
      align: 'right',
      width: '7rem',
      cell: ({ durationMs }) => (durationMs === null ? '–' : formatDuration(durationMs, locale)),
    },
    {
      key: 'exit',
      header: t('columns.exit'),
      align: 'right',
      width: '6rem',
      cell: ({ exitCode }) => exitCode ?? '–',
    },
    {
      key: 'body',
      header: t('columns.body'),
      phone: 'plain',
      cell: ({ bodyExcerpt }) => (
        <span className="line-clamp-1 font-mono text-sm [overflow-wrap:anywhere]" title={bodyExcerpt ?? undefined}>
          {bodyExcerpt ?? ''}
        </span>
      ),
    },
  ]
  return <DataTable caption={t('pings')} columns={columns} rows={pings} rowKey={({ id }) => String(id)} />
}

function Code({ text, button }: { text: string; button: React.ReactNode }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-subtle p-2">
      <code className="min-w-0 flex-1 py-1 font-mono text-sm [overflow-wrap:anywhere]">{text}</code>
      {button}
    </div>
  )
}
