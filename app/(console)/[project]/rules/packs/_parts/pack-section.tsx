import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { PackView } from '@/lib/domain/pack/pack-state.ts'
import { hasRule } from './has-rule.ts'
import { PackActions, type PackButton } from './pack-actions.client.tsx'
import { PackRowTable } from './pack-row-table.tsx'
import { PackStateWord } from './pack-state-word.tsx'

/** Rules that are installed together: what they are for, how they stand here, what can be done, and the rules behind a line. */
export function PackSection(props: {
  choice: { pack: string } | { guide: string }
  id: string
  name: string
  lead?: ReactNode
  rows: PackView['rows']
  state: PackView['state']
  slug: string
  mayChange: boolean
}) {
  const t = useTranslations('packs')
  const { id, name, rows, state, slug } = props
  const installed = rows.filter(hasRule).length
  const covered = rows.filter(({ sameAs }) => sameAs !== null).length
  const waiting = rows.filter(({ missing }) => missing.length > 0).length
  return (
    <section id={id} aria-labelledby={`${id}-name`} className="flex flex-col gap-3 py-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 id={`${id}-name`} className="text-base font-semibold">
              {name}
            </h2>
            <PackStateWord state={state} />
          </div>
          {props.lead !== undefined && <p className="mt-1 max-w-[72ch] text-ink-muted">{props.lead}</p>}
          <p className="mt-1 text-sm text-ink-muted">
            {t('counts', { total: rows.length, installed })} {covered > 0 && t('covered', { count: covered })}{' '}
            {waiting > 0 && t('waiting', { count: waiting })}
          </p>
        </div>
        {props.mayChange && (
          <PackActions
            slug={slug}
            choice={props.choice}
            name={name}
            buttons={buttonsOf(t, rows, state)}
            undoLabel={t('undo')}
            removeChangedLabel={t('removeChanged')}
          />
        )}
      </div>
      <details>
        <summary className="inline-flex min-h-6 items-center rounded-sm text-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          {t('show', { count: rows.length })}
        </summary>
        <div className="mt-3">
          <PackRowTable caption={name} rows={rows} slug={slug} />
        </div>
      </details>
    </section>
  )
}

/** What can be done as things stand, the likeliest first. */
function buttonsOf(
  t: ReturnType<typeof useTranslations<'packs'>>,
  rows: PackView['rows'],
  state: PackView['state'],
): PackButton[] {
  const canRemove = rows.some(hasRule)
  const canInstall = rows.some((row) => row.state === 'not_installed')
  return [
    ...(state === 'update_available'
      ? [{ op: 'upgrade' as const, label: t('upgrade'), pendingLabel: t('upgrading') }]
      : []),
    ...(canInstall
      ? [{ op: 'install' as const, label: t(canRemove ? 'installRest' : 'install'), pendingLabel: t('installing') }]
      : []),
    ...(canRemove ? [{ op: 'uninstall' as const, label: t('uninstall'), pendingLabel: t('uninstalling') }] : []),
  ]
}
