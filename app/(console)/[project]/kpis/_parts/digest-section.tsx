import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { ListedChannel } from '@/lib/ports/channel-reader.ts'
import { saveDigest } from '../actions.ts'

/** Who gets the figures every morning. */
export function DigestSection(props: {
  slug: string
  timeZone: string
  channels: readonly ListedChannel[]
  chosen: readonly string[]
  mayChange: boolean
}) {
  const { slug, channels, chosen, mayChange } = props
  const t = useTranslations('kpis.digest')
  const names = channels.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  return (
    <Section title={t('title')} description={t('lead', { timeZone: props.timeZone })}>
      {channels.length === 0 && (
        <p>
          <Link href={`/${slug}/channels`} className="underline underline-offset-4">
            {t('noChannel')}
          </Link>
        </p>
      )}
      {!mayChange && channels.length > 0 && (
        <p>{names.length === 0 ? t('nobody') : t('told', { names: names.join(', ') })}</p>
      )}
      {mayChange && channels.length > 0 && (
        <ActionForm action={saveDigest.bind(null, slug)} className="flex max-w-xl flex-col items-start gap-3">
          {channels.map(({ id, name, enabled }) => (
            <CheckboxField
              key={`${id} ${chosen.includes(id)}`}
              idPrefix={`digest-${id}`}
              name="channel"
              value={id}
              defaultChecked={chosen.includes(id)}
              label={name}
              hint={enabled ? undefined : t('off')}
            />
          ))}
          <SubmitButton variant="secondary" pendingLabel={t('saving')}>
            {t('save')}
          </SubmitButton>
        </ActionForm>
      )}
    </Section>
  )
}
