import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { INTEGRATION_KINDS } from '@/lib/domain/deployment/integration.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { SettingsFrame } from '../_parts/settings-frame.tsx'
import { ConnectForm } from './_parts/connect-form.client.tsx'
import { IntegrationTable } from './_parts/integration-table.tsx'
import { madeTexts } from './_parts/made-texts.ts'

const querySchema = z.object({ done: z.enum(['deleted']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.integrations') }
}

export default async function IntegrationsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('integrations')
  const isAdmin = isRoleAtLeast(role, 'admin')
  const integrations = isAdmin ? await people.integrations.list(project.id) : []
  const path = `/${project.slug}/settings/integrations`
  return (
    <SettingsFrame
      slug={project.slug}
      role={role}
      tab="integrations"
      floor="admin"
      done={done === null ? null : t('deleted')}
    >
      {isAdmin && (
        <>
          {integrations.length === 0 ? (
            <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
          ) : (
            <IntegrationTable integrations={integrations} path={path} now={now} timeZone={project.timeZone} />
          )}
          <Section title={t('connect.title')} description={t('connect.lead')}>
            <ConnectForm
              slug={project.slug}
              kinds={INTEGRATION_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              texts={{
                kind: t('connect.kind'),
                name: t('connect.name'),
                nameHint: t('connect.nameHint'),
                connect: t('connect.submit'),
                connecting: t('connect.submitting'),
              }}
              made={await madeTexts()}
            />
          </Section>
        </>
      )}
    </SettingsFrame>
  )
}
