import { useTranslations } from 'next-intl'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ListedApiKey } from '@/lib/ports/settings-reader.ts'
import { revokeKey } from '../actions.ts'

/** Keys by their first characters: what each may do, when it was last used, and a way to end it. */
export function KeyTable(props: { keys: readonly ListedApiKey[]; slug: string; now: Instant; timeZone: string }) {
  const t = useTranslations('settings.keys')
  const { slug, now, timeZone } = props
  const age = (at: Instant) => <RelativeTime at={at} now={now} timeZone={timeZone} />
  const columns: Column<ListedApiKey>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: ({ name, prefix, revokedAt }) => (
        <span className={revokedAt === null ? '' : 'text-ink-faint line-through'}>
          {name} <code className="font-mono text-sm text-ink-muted">{prefix}…</code>
        </span>
      ),
    },
    {
      key: 'scopes',
      header: t('scopesLabel'),
      phone: 'plain',
      width: '12rem',
      cell: ({ scopes }) => scopes.map((scope) => t(`scopes.${scope}`)).join(', '),
    },
    {
      key: 'created',
      header: t('created'),
      phone: 'hide',
      width: '16rem',
      hideOnTablet: true,
      cell: ({ createdAt, createdBy }) => (
        <span className="text-ink-muted">
          {age(createdAt)} · {createdBy}
        </span>
      ),
    },
    {
      key: 'used',
      header: t('used'),
      width: '9rem',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-faint">{t('never')}</span> : age(lastUsedAt),
    },
    {
      key: 'revoke',
      header: t('revoke'),
      align: 'right',
      phone: 'plain',
      width: '8rem',
      cell: ({ id, name, revokedAt }) =>
        revokedAt === null ? (
          <ConfirmButton
            label={t('revoke')}
            size="small"
            variant="ghost"
            title={t('revokeTitle', { name })}
            lost={t('revokeLost')}
            confirmLabel={t('revokeConfirm')}
            cancelLabel={t('revokeCancel')}
            action={revokeKey.bind(null, slug, id)}
          />
        ) : (
          <span className="text-sm text-ink-muted">{t('revoked')}</span>
        ),
    },
  ]
  return <DataTable caption={t('title')} columns={columns} rows={props.keys} rowKey={({ id }) => id} />
}
