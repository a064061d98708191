import { useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { DeployMute as Setting } from '@/lib/domain/mute/schema.ts'
import { saveDeployMute } from '../actions.ts'
import { DeployMuteForm } from './deploy-mute-form.client.tsx'

const TEXTS = ['muteSeconds', 'muteSecondsHint', 'soakMinutes', 'soakMinutesHint', 'save', 'saving'] as const

/** What deployments do to alerts: a form for whoever may change it, a sentence for everybody else. */
export function DeployMute({ setting, slug, mayChange }: { setting: Setting; slug: string; mayChange: boolean }) {
  const t = useTranslations('maintenance.deploy')
  const { muteSeconds, soakMinutes } = setting
  const texts = Object.fromEntries(TEXTS.map((name) => [name, t(name)])) as Record<(typeof TEXTS)[number], string>
  return (
    <Section title={t('title')} description={t('lead')}>
      {mayChange ? (
        <DeployMuteForm
          action={saveDeployMute.bind(null, slug)}
          values={{ muteSeconds: String(muteSeconds), soakMinutes: String(soakMinutes) }}
          texts={texts}
        />
      ) : (
        <p>{t('is', { muteSeconds, soakMinutes })}</p>
      )}
    </Section>
  )
}
