import type { IconName } from '../ui/icons.ts'

export type PageName =
  | 'overview'
  | 'monitors'
  | 'incidents'
  | 'rules'
  | 'alerts'
  | 'slos'
  | 'ops'
  | 'llm'
  | 'explore'
  | 'logs'
  | 'deployments'
  | 'errors'
  | 'database'
  | 'satisfaction'
  | 'vitals'
  | 'kpis'
  | 'silences'
  | 'maintenance'
  | 'channels'
  | 'deliveries'
  | 'reports'
  | 'outbox'
  | 'setup'
  | 'settings'
  | 'audit'

export interface NavigationEntry {
  page: PageName
  /** Under the project: `/demo/monitors`. */
  href: string
  icon: IconName
  group: 'watch' | 'see' | 'tell' | 'keep'
}

const ENTRIES: readonly Omit<NavigationEntry, 'href'>[] = [
  { page: 'overview', icon: 'layout-dashboard', group: 'watch' },
  { page: 'monitors', icon: 'activity', group: 'watch' },
  { page: 'incidents', icon: 'siren', group: 'watch' },
  { page: 'rules', icon: 'scale', group: 'watch' },
  { page: 'alerts', icon: 'history', group: 'watch' },
  { page: 'slos', icon: 'target', group: 'watch' },
  { page: 'ops', icon: 'gauge', group: 'see' },
  { page: 'llm', icon: 'sparkles', group: 'see' },
  { page: 'explore', icon: 'chart-line', group: 'see' },
  { page: 'logs', icon: 'logs', group: 'see' },
  { page: 'deployments', icon: 'rocket', group: 'see' },
  { page: 'errors', icon: 'bug', group: 'see' },
  { page: 'database', icon: 'database', group: 'see' },
  { page: 'satisfaction', icon: 'smile', group: 'see' },
  { page: 'vitals', icon: 'timer', group: 'see' },
  { page: 'kpis', icon: 'trending-up', group: 'see' },
  { page: 'silences', icon: 'bell-off', group: 'tell' },
  { page: 'maintenance', icon: 'wrench', group: 'tell' },
  { page: 'channels', icon: 'bell', group: 'tell' },
  { page: 'deliveries', icon: 'send', group: 'tell' },
  { page: 'reports', icon: 'file-text', group: 'tell' },
  { page: 'outbox', icon: 'inbox', group: 'tell' },
  { page: 'setup', icon: 'list-checks', group: 'keep' },
  { page: 'settings', icon: 'settings', group: 'keep' },
  { page: 'audit', icon: 'scroll-text', group: 'keep' },
]

/** What stands under the thumb on a phone; the rest is under "More". */
export const THUMB_PAGES: readonly PageName[] = ['overview', 'incidents', 'monitors']

/** The pages of a project in the order of the navigation. The outbox exists only where messages stay on this machine. */
export function navigationOf(projectSlug: string, options: { hasOutbox: boolean }): NavigationEntry[] {
  return ENTRIES.filter(({ page }) => page !== 'outbox' || options.hasOutbox).map((entry) => ({
    ...entry,
    href: entry.page === 'overview' ? `/${projectSlug}` : `/${projectSlug}/${entry.page}`,
  }))
}
