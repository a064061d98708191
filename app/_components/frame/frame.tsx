import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Theme } from '../../_session/theme.ts'
import { AccountMenu } from './account-menu.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { CommandPalette } from './command-palette.client.tsx'
import { LiveRefresh } from './live-refresh.client.tsx'
import { navigationOf } from './navigation.ts'
import { ProjectSwitcher } from './project-switcher.tsx'
import { Pulse, PulseBanner } from './pulse.client.tsx'
import { SideNav } from './side-nav.tsx'
import type { ProjectName, PulseFacts, Role } from './types.ts'

export interface FrameProps {
  project: ProjectName
  /** Every project of this person, in the order of the menu. */
  projects: readonly ProjectName[]
  role: Role
  email: string
  pulse: PulseFacts
  openIncidents: number
  /** True where no provider is configured for some channel, so that its messages stay here to be looked at. */
  hasOutbox: boolean
  /** The theme that was chosen; null follows the system. */
  theme: Theme | null
  /** Answers `PaletteItem[]` as JSON: the monitors of the project, for the command palette. */
  paletteHref: string
  children: ReactNode
}

/** What stands around every signed-in page. */
export function Frame(props: FrameProps) {
  const t = useTranslations('frame')
  const entries = navigationOf(props.project.slug, { hasOutbox: props.hasOutbox })
  const pulse = usePulseProps(props)
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-on-ink focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <SideNav entries={entries} openIncidents={props.openIncidents} />
      <div className="min-w-0">
        <header className="sticky top-0 z-30 flex h-(--bar-height) items-center gap-3 border-b border-line bg-canvas px-3 sm:px-4 lg:px-6">
          <ProjectSwitcher project={props.project} projects={props.projects} role={props.role} />
          <span aria-hidden="true" className="h-4 w-px bg-line-strong" />
          <div className="min-w-0 flex-1">
            <Pulse {...pulse} />
          </div>
          <CommandPalette {...usePaletteProps(props)} />
          <AccountMenu email={props.email} role={props.role} theme={props.theme} />
        </header>
        <PulseBanner {...pulse} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 pt-6 pb-28 outline-none lg:px-6 lg:pb-16">
          {props.children}
        </main>
      </div>
      <BottomBar entries={entries} openIncidents={props.openIncidents} />
      <LiveRefresh />
    </div>
  )
}

/** Texts go to client components as plain strings: the translation library stays on the server. */
function usePulseProps({ pulse, project }: FrameProps) {
  const t = useTranslations('frame.pulse')
  const raw = (key: string) => t.raw(key) as string
  return {
    pulse,
    locale: useLocale(),
    setupHref: `/${project.slug}/setup`,
    texts: {
      checked: raw('checked'),
      never: raw('never'),
      late: raw('late'),
      stalled: raw('stalled'),
      offline: raw('offline'),
      lateReason: raw('lateReason'),
      stalledReason: raw('stalledReason'),
    },
  }
}

function usePaletteProps(props: FrameProps) {
  const t = useTranslations('frame')
  const entries = navigationOf(props.project.slug, { hasOutbox: props.hasOutbox })
  return {
    itemsHref: props.paletteHref,
    pages: entries.map(({ page, href }) => ({ label: t(`pages.${page}`), href, hint: t('palette.page') })),
    texts: {
      open: t('palette.open'),
      title: t('palette.title'),
      placeholder: t('palette.placeholder'),
      none: t('palette.none'),
      loading: t('palette.loading'),
      failed: t('palette.failed'),
      results: t('palette.results'),
      close: t('close'),
    },
  }
}
