import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { createSessionClient } from '@/app/_session/server-client.ts'
import type { Client } from '@/lib/adapters/supabase/create-client.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { wireLogDrainSettings } from '@/lib/wiring/log-drain.ts'
import { SettingsFrame } from '../_parts/settings-frame.tsx'
import { DrainForm } from './_parts/drain-form.client.tsx'
import { DrainState } from './_parts/drain-state.tsx'
import { DrainSteps } from './_parts/drain-steps.tsx'
import { remove } from './actions.ts'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('logDrain'))('title') }
}

export default async function LogDrainPage({ params }: Props) {
  const { project, role, now } = await requireProject((await params).project)
  const { slug, timeZone } = project
  const t = await getTranslations('logDrain')
  const { url, reader } = wireLogDrainSettings((await createSessionClient()) as unknown as Client)
  const drain = await reader.findLogDrain(project.id)
  const texts = Object.fromEntries(
    (
      ['verifyToken', 'verifyTokenHint', 'secret', 'secretHint', 'secretSet', 'clearSecret', 'save', 'saving'] as const
    ).map((name) => [name, t(`form.${name}`)]),
  )
  return (
    <SettingsFrame slug={slug} role={role} tab="logDrain" floor="admin">
      {drain?.lastError && (
        <Notice tone="warning" title={t('refused.title')}>
          {t(`refused.${drain.lastError}`)}
        </Notice>
      )}
      <DrainState drain={drain} slug={slug} now={now} timeZone={timeZone} />
      <DrainSteps slug={slug} address={`${url}/api/ingest/logdrain?project=${project.id}`} />
      {isRoleAtLeast(role, 'admin') && (
        <Section title={t('form.title')} description={t('form.lead')}>
          <DrainForm
            slug={slug}
            verifyToken={drain?.verifyToken ?? ''}
            hasSecret={drain?.hasSecret ?? false}
            texts={texts as Parameters<typeof DrainForm>[0]['texts']}
          />
        </Section>
      )}
      {isRoleAtLeast(role, 'admin') && drain !== null && (
        <div>
          <ConfirmButton
            label={t('remove.label')}
            variant="ghost"
            title={t('remove.title')}
            lost={t('remove.lost')}
            confirmLabel={t('remove.confirm')}
            cancelLabel={t('remove.cancel')}
            action={remove.bind(null, slug)}
          />
        </div>
      )}
    </SettingsFrame>
  )
}
