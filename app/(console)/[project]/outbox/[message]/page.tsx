import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { OutboxMessage } from '@/lib/ports/channel-reader.ts'
import { readOutboxMessage } from '@/lib/queries/outbox.ts'
import { KIND_ICONS } from '../../channels/_parts/kind-icons.ts'
import { MailPreview } from '../_parts/mail-preview.tsx'
import { SlackPreview } from '../_parts/slack-preview.tsx'
import { SmsPreview } from '../_parts/sms-preview.tsx'

interface Props {
  params: Promise<{ project: string; message: string }>
}

const findMessage = cache(async (slug: string, id: string) => {
  const { people, project } = await requireProject(slug)
  return readOutboxMessage(people.channels, project.id, decodeURIComponent(id))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, message } = await params
  const found = await findMessage(project, message)
  return found === null ? {} : { title: found.subject }
}

export default async function OutboxMessagePage({ params }: Props) {
  const { project: slug, message: id } = await params
  const { project } = await requireProject(slug)
  const message = await findMessage(slug, id)
  if (message === null) notFound()
  const t = await getTranslations('outbox')
  const locale = await getLocale()
  const kinds = await getTranslations('channels.kinds')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={message.subject}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex items-center gap-1.5">
              <Icon name={KIND_ICONS[message.channelKind]} />
              {kinds(message.channelKind)}
            </span>
            <span className="[overflow-wrap:anywhere]">{t('to', { recipients: message.recipients.join(', ') })}</span>
            <span>{formatMomentIn(project.timeZone, message.at, locale)}</span>
          </span>
        }
      />
      <Notice tone="info">
        {t(`why.${message.channelKind}`)}{' '}
        <Link href={`/${slug}/setup`} className="underline underline-offset-4">
          {t('setup')}
        </Link>
      </Notice>
      <Preview message={message} />
    </div>
  )
}

function Preview({ message }: { message: OutboxMessage }) {
  switch (message.channelKind) {
    case 'email':
      return <MailPreview message={message} />
    case 'slack':
      return <SlackPreview message={message} />
    case 'sms':
      return <SmsPreview text={message.text} />
  }
}
