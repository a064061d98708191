import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { ROLES } from '@/lib/domain/monitor/role.ts'
import { MemberForm } from '../_parts/member-form.client.tsx'
import { MemberTable } from '../_parts/member-table.tsx'
import { SettingsFrame } from '../_parts/settings-frame.tsx'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.members') }
}

export default async function MembersPage({ params }: Props) {
  const { people, project, role, user } = await requireProject((await params).project)
  const members = await people.settings.listMembers(project.id)
  const t = await getTranslations('settings.members')
  const roles = await getTranslations('frame.role')
  const isOwner = role === 'owner'
  return (
    <SettingsFrame slug={project.slug} role={role} tab="members" floor="owner">
      <MemberTable members={members} slug={project.slug} ownId={user.id} mayChange={isOwner} />
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
        {ROLES.toReversed().map((value) => (
          <div key={value}>
            <dt className="font-medium">{roles(value)}</dt>
            <dd className="text-ink-muted">{t(`may.${value}`)}</dd>
          </div>
        ))}
      </dl>
      {isOwner && (
        <Section title={t('addTitle')} description={t('addLead')}>
          <MemberForm
            slug={project.slug}
            roles={ROLES.map((value) => ({ value, label: roles(value) }))}
            texts={{ email: t('email'), role: t('role'), add: t('add'), adding: t('adding') }}
          />
        </Section>
      )}
    </SettingsFrame>
  )
}
