import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from './nav-link.client.tsx'
import { type NavigationEntry, THUMB_PAGES } from './navigation.ts'
import { OpenCount } from './side-nav.tsx'

const SLOT =
  'relative flex h-14 flex-1 flex-col items-center justify-center gap-1 text-2xs text-ink-muted aria-[current]:font-medium aria-[current]:text-ink focus-visible:-outline-offset-2'

const MENU_ID = 'more-pages'

/** Four entries under the thumb: three pages, and a sheet with the rest. The sheet is the platform's popover: no script. */
export function BottomBar({ entries, openIncidents }: { entries: readonly NavigationEntry[]; openIncidents: number }) {
  const t = useTranslations('frame')
  const thumb = THUMB_PAGES.flatMap((page) => entries.filter((entry) => entry.page === page))
  const rest = entries.filter((entry) => !THUMB_PAGES.includes(entry.page))
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <div className="flex">
        {thumb.map((entry) => (
          <NavLink key={entry.page} href={entry.href} exact={entry.page === 'overview'} className={SLOT}>
            <Icon name={entry.icon} className="size-5" />
            {t(`pages.${entry.page}`)}
            {entry.page === 'incidents' && (
              <span className="absolute top-1 left-1/2 ml-2">
                <OpenCount count={openIncidents} />
              </span>
            )}
          </NavLink>
        ))}
        <button type="button" popoverTarget={MENU_ID} className={SLOT}>
          <Icon name="ellipsis" className="size-5" />
          {t('more')}
        </button>
      </div>
      <div
        id={MENU_ID}
        popover="auto"
        className="inset-auto right-0 bottom-14 left-0 w-full border-t border-line-strong pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        <ul className="grid grid-cols-2 p-2">
          {rest.map((entry) => (
            <li key={entry.page}>
              <NavLink
                href={entry.href}
                className="flex h-11 items-center gap-2.5 rounded-md px-3 text-ink-muted aria-[current]:bg-subtle aria-[current]:font-medium aria-[current]:text-ink"
              >
                <Icon name={entry.icon} />
                {t(`pages.${entry.page}`)}
              </NavLink>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}
