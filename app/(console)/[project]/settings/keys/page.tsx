import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { API_KEY_SCOPES } from '@/lib/commands/api-key/create.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { KeyForm } from '../_parts/key-form.client.tsx'
import { KeyTable } from '../_parts/key-table.tsx'
import { SettingsFrame } from '../_parts/settings-frame.tsx'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.keys') }
}

export default async function KeysPage({ params }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const t = await getTranslations('settings.keys')
  const words = await getTranslations('words')
  const isAdmin = isRoleAtLeast(role, 'admin')
  const keys = isAdmin ? await people.settings.listApiKeys(project.id) : []
  return (
    <SettingsFrame slug={project.slug} role={role} tab="keys" floor="admin">
      {isAdmin && (
        <>
          {keys.length === 0 ? (
            <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
          ) : (
            <KeyTable keys={keys} slug={project.slug} now={now} timeZone={project.timeZone} />
          )}
          <Section title={t('newTitle')} description={t('newLead')}>
            <KeyForm
              slug={project.slug}
              scopes={API_KEY_SCOPES.map((value) => ({
                value,
                label: t(`scopes.${value}`),
                hint: t(`scopeHints.${value}`),
              }))}
              texts={{
                name: t('name'),
                nameHint: t('nameHint'),
                scopes: t('scopesLabel'),
                create: t('create'),
                creating: t('creating'),
                once: t('once'),
                copy: words('copy'),
                copied: words('copied'),
              }}
            />
          </Section>
        </>
      )}
    </SettingsFrame>
  )
}
