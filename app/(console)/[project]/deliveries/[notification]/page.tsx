import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import { AttemptTable } from '../_parts/attempt-table.tsx'
import { DeliveryFacts } from '../_parts/delivery-facts.tsx'
import { DeliveryStatus } from '../_parts/delivery-status.tsx'
import { retry } from '../actions.ts'

interface Props {
  params: Promise<{ project: string; notification: string }>
}

const findNotification = cache(async (slug: string, id: string) => {
  const { people, project } = await requireProject(slug)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  return isId ? people.channels.findNotification(project.id, id) : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, notification } = await params
  const found = await findNotification(project, notification)
  const t = await getTranslations('deliveries')
  return found === null ? {} : { title: t('titleOf', { channel: found.notification.channel.name }) }
}

export default async function DeliveryPage({ params }: Props) {
  const { project: slug, notification: id } = await params
  const { project, role, now } = await requireProject(slug)
  const found = await findNotification(slug, id)
  if (found === null) notFound()
  const t = await getTranslations('deliveries')
  const locale = await getLocale()
  const { notification, deliveries, isInOutbox } = found
  const { incident, monitorName } = notification
  const lastError = notification.lastError === null ? null : deliverySentence(notification.lastError, locale)
  const about = incident === null ? monitorName : `#${incident.number} ${titleIn(locale, incident.title)}`
  const place = { slug, timeZone: project.timeZone, now, locale }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        badge={<DeliveryStatus status={notification.status} attempt={notification.attempt} isInOutbox={isInOutbox} />}
        title={t(`kinds.${notification.kind.replace('.', '_')}` as never)}
        description={about}
        action={
          isInOutbox && (
            <ButtonLink href={`/${slug}/outbox/${id}`} icon="inbox">
              {t('openOutbox')}
            </ButtonLink>
          )
        }
      />
      {notification.status === 'dead' && (
        <Notice tone="error" title={t('dead.title')}>
          <p>{lastError}</p>
          {isRoleAtLeast(role, 'responder') ? (
            <div className="mt-2">
              <ActionForm action={retry.bind(null, slug, id)} className="flex flex-col items-start gap-2">
                <SubmitButton pendingLabel={t('dead.retrying')}>{t('dead.retry')}</SubmitButton>
              </ActionForm>
            </div>
          ) : (
            <p>{t('dead.viewer')}</p>
          )}
        </Notice>
      )}
      {notification.status === 'pending' && lastError !== null && (
        <Notice tone="warning">{t('retrying', { error: lastError })}</Notice>
      )}
      <DeliveryFacts notification={notification} place={place} />
      <Section title={t('attempts.title')} description={t('attempts.lead')}>
        {deliveries.length === 0 ? (
          <p className="text-ink-muted">{t('attempts.none')}</p>
        ) : (
          <AttemptTable deliveries={deliveries} place={place} />
        )}
      </Section>
    </div>
  )
}
