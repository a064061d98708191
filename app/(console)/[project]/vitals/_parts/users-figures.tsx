import { useLocale, useTranslations } from 'next-intl'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import type { VitalsPage } from '@/lib/queries/vitals.ts'

/** How many people were here, and what is not kept of them. */
export function UsersFigures({ users }: { users: VitalsPage['users'] }) {
  const t = useTranslations('vitals.users')
  const locale = useLocale()
  const figures = [
    { name: 'today', now: users.today, before: users.yesterday },
    { name: 'thisWeek', now: users.thisWeek, before: users.lastWeek },
  ] as const
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-12 gap-y-4">
        {figures.map(({ name, now, before }) => (
          <div key={name} className="flex flex-col">
            <dt className="text-sm text-ink-muted">{t(name)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{formatCount(now, locale)}</dd>
            <dd className="text-sm text-ink-muted tabular-nums">
              {t(`before.${name}`, { count: formatCount(before, locale) })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="max-w-[72ch] text-sm text-ink-muted">{t('privacy')}</p>
    </div>
  )
}
