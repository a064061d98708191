import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from './nav-link.client.tsx'
import type { NavigationEntry } from './navigation.ts'
import { Wordmark } from './wordmark.tsx'

const GROUPS = ['watch', 'see', 'tell', 'keep'] as const

const LINK =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-muted transition-colors hover:bg-subtle hover:text-ink aria-[current]:bg-subtle aria-[current]:font-medium aria-[current]:text-ink'

/** The slim navigation of wide screens. */
export function SideNav({ entries, openIncidents }: { entries: readonly NavigationEntry[]; openIncidents: number }) {
  const t = useTranslations('frame')
  return (
    <aside className="sticky top-0 flex h-dvh flex-col gap-5 overflow-y-auto border-r border-line bg-canvas px-3 pb-4 max-lg:hidden">
      <div className="flex h-(--bar-height) shrink-0 items-center px-2">
        <Wordmark />
      </div>
      <nav aria-label={t('navigation')} className="flex flex-col gap-5">
        {GROUPS.map((group) => (
          <div key={group}>
            <p id={`nav-${group}`} className="mb-1 px-2 text-xs text-ink-faint">
              {t(`groups.${group}`)}
            </p>
            <ul aria-labelledby={`nav-${group}`} className="flex flex-col gap-px">
              {entries
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <li key={entry.page}>
                    <NavLink href={entry.href} exact={entry.page === 'overview'} className={LINK}>
                      <Icon name={entry.icon} />
                      <span className="flex-1">{t(`pages.${entry.page}`)}</span>
                      {entry.page === 'incidents' && <OpenCount count={openIncidents} />}
                    </NavLink>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
    </aside>
  )
}

/** How many incidents are open, beside the word; nothing for none. */
export function OpenCount({ count }: { count: number }) {
  const t = useTranslations('frame')
  if (count === 0) return null
  return (
    <span className="rounded-full bg-down-subtle px-1.5 text-xs leading-5 font-semibold text-down tabular-nums">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('openIncidents', { count })}</span>
    </span>
  )
}
