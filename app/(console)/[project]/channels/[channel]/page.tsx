import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { z } from 'zod'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readChannels } from '@/lib/queries/channels.ts'
import { wireInstallation } from '@/lib/wiring/installation.ts'
import { ChannelForm } from '../_parts/channel-form.client.tsx'
import { channelFormTexts } from '../_parts/channel-form-texts.ts'
import { ChannelSide } from '../_parts/channel-side.tsx'
import { KIND_ICONS } from '../_parts/kind-icons.ts'
import { save } from '../actions.ts'

const querySchema = z.object({ done: z.enum(['created', 'updated', 'unchanged']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string; channel: string }>
  searchParams: SearchParams
}

const findChannel = cache(async (slug: string, key: string) => {
  const { people, project } = await requireProject(slug)
  const { facts } = wireInstallation()
  if (facts === null) return null
  const channels = await readChannels(people.channels, project.id, facts)
  return channels.find((channel) => channel.key === key) ?? null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, channel } = await params
  const found = await findChannel(project, channel)
  return found === null ? {} : { title: found.name }
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const { project: slug, channel: key } = await params
  const { project, role, now } = await requireProject(slug)
  const channel = await findChannel(slug, key)
  if (channel === null) notFound()
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('channels')
  const locale = await getLocale()
  const mayChange = isRoleAtLeast(role, 'admin')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        badge={<Icon name={KIND_ICONS[channel.kind]} className="text-ink-muted" />}
        title={channel.name}
        description={t(`kindLead.${channel.kind}`)}
      />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {!channel.enabled && (
        <Notice tone="warning" title={t(channel.disabledReason === null ? 'off.title' : 'switchedOff.title')}>
          {channel.disabledReason === null
            ? t('off.text')
            : t('switchedOff.text', { reason: deliverySentence(channel.disabledReason, locale) })}
        </Notice>
      )}
      {channel.isManagedByFile && <Notice tone="info">{t('managedByFile')}</Notice>}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        {mayChange ? (
          <ChannelForm
            action={save.bind(null, slug, channel.id)}
            kind={channel.kind}
            values={{
              name: channel.name,
              key: channel.key,
              to: channel.kind === 'email' || channel.kind === 'sms' ? channel.where.join('\n') : '',
              url: channel.kind === 'webhook' ? channel.config.url : '',
              minSeverity: channel.minSeverity ?? '',
            }}
            hasSecret={channel.hasSecret}
            isNew={false}
            texts={await channelFormTexts(channel.kind, channel.destination)}
          />
        ) : (
          <Notice tone="info">{t('forbidden')}</Notice>
        )}
        <ChannelSide channel={channel} slug={slug} now={now} timeZone={project.timeZone} mayChange={mayChange} />
      </div>
    </div>
  )
}
