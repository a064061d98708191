import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { isRoleAtLeast, type Role } from '@/lib/domain/monitor/role.ts'

const TABS = ['project', 'members', 'keys', 'integrations', 'logDrain', 'newProject'] as const
export type SettingsTab = (typeof TABS)[number]

const PATHS: Record<SettingsTab, string> = {
  project: '',
  members: '/members',
  keys: '/keys',
  logDrain: '/log-drain',
  integrations: '/integrations',
  newProject: '/new-project',
}

/** Title, tabs, and what one may do here: around every page of the settings. */
export function SettingsFrame(props: {
  slug: string
  role: Role
  tab: SettingsTab
  /** The role that may change what stands on this page. */
  floor: Role
  done?: string | null
  children: ReactNode
}) {
  const t = useTranslations('settings')
  const { slug, role, tab, floor, done } = props
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t(`lead.${tab}`)} />
      <LinkTabs
        label={t('title')}
        items={TABS.filter((value) => value !== 'newProject' || role === 'owner').map((value) => ({
          href: `/${slug}/settings${PATHS[value]}`,
          label: t(`tabs.${value}`),
          current: value === tab,
        }))}
      />
      {done && (
        <Notice tone="success" live>
          {done}
        </Notice>
      )}
      {!isRoleAtLeast(role, floor) && (
        <Notice tone="info">{t(`forbidden.${floor === 'owner' ? 'owner' : 'admin'}`)}</Notice>
      )}
      {props.children}
    </div>
  )
}
