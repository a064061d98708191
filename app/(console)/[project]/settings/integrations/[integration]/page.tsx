import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { SECRET_ORIGINS, webhookPath } from '@/lib/domain/deployment/integration.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { wireFacts } from '@/lib/wiring/people.ts'
import { ChangeForm, type ChangeTexts } from '../_parts/change-form.client.tsx'
import { IntegrationStatus } from '../_parts/integration-status.tsx'
import { madeTexts } from '../_parts/made-texts.ts'
import { Steps } from '../_parts/steps.tsx'
import { disconnect } from '../actions.ts'

interface Props {
  params: Promise<{ project: string; integration: string }>
}

const findIntegration = cache(async (slug: string, id: string) => {
  const { people, project } = await requireProject(slug)
  return (await people.integrations.list(project.id)).find((one) => one.id === id) ?? null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, integration } = await params
  const found = await findIntegration(project, integration)
  return found === null ? {} : { title: found.name }
}

export default async function IntegrationPage({ params }: Props) {
  const { project: slug, integration: id } = await params
  const { project, role, now } = await requireProject(slug)
  const t = await getTranslations('integrations')
  const settings = await getTranslations('settings')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={settings('tabs.integrations')} />
        <Notice tone="info">{settings('forbidden.admin')}</Notice>
      </div>
    )
  }
  const integration = await findIntegration(slug, id)
  if (integration === null) notFound()
  const { kind, lastError, lastReceivedAt, sentry } = integration
  const age = (at: number) => <RelativeTime at={at} now={now} timeZone={project.timeZone} />
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={integration.name}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            {t(`kinds.${kind}`)}
            <IntegrationStatus integration={integration} />
            <span>
              {lastReceivedAt === null ? t('nothingYet') : t.rich('lastReceived', { age: () => age(lastReceivedAt) })}
            </span>
          </span>
        }
      />
      {lastError !== null && (
        <Notice tone="warning" title={t(`problems.${lastError.code}`)}>
          <p>
            {lastError.code === 'provider'
              ? t.has(`provider.${lastError.detail}`) && t(`provider.${lastError.detail}`)
              : t('refused', { count: integration.refusedCount })}{' '}
            {age(lastError.at)}
          </p>
        </Notice>
      )}
      <Section title={t('steps.title', { kind: t(`kinds.${kind}`) })}>
        <Steps kind={kind} address={`${wireFacts().url}${webhookPath(kind, integration.key, '••••••••')}`} />
      </Section>
      <Section title={t('change.title')}>
        <ChangeForm
          slug={slug}
          integration={{
            ...{ id, kind, name: integration.name, enabled: integration.enabled, ...sentry },
            hasToken: integration.hasToken,
            hasSecret: integration.hasSecret,
            isSecretOurs: SECRET_ORIGINS[kind] === 'ours',
          }}
          texts={await changeTexts()}
          made={await madeTexts()}
        />
      </Section>
      <Section title={t('delete.section')} description={t('delete.lead')}>
        <div>
          <ConfirmButton
            label={t('delete.label')}
            title={t('delete.title', { name: integration.name })}
            lost={t('delete.lost')}
            confirmLabel={t('delete.confirm')}
            cancelLabel={t('delete.cancel')}
            action={disconnect.bind(null, slug, id)}
          />
        </div>
      </Section>
    </div>
  )
}

const CHANGE_TEXTS = [
  'name',
  'enabled',
  'enabledHint',
  'secret',
  'secretHint',
  'renew',
  'renewHint',
  'organization',
  'organizationHint',
  'project',
  'projectHint',
  'token',
  'tokenHint',
  'clearToken',
  'save',
  'saving',
] as const

async function changeTexts(): Promise<ChangeTexts> {
  const t = await getTranslations('integrations.change')
  return Object.fromEntries(CHANGE_TEXTS.map((name) => [name, t(name)])) as ChangeTexts
}
