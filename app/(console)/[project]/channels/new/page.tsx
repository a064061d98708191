import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { CHANNEL_KINDS } from '@/lib/domain/notification/channel.ts'
import { destinationOf } from '@/lib/queries/channels.ts'
import { wireInstallation } from '@/lib/wiring/installation.ts'
import { ChannelForm } from '../_parts/channel-form.client.tsx'
import { channelFormTexts } from '../_parts/channel-form-texts.ts'
import { save } from '../actions.ts'

const querySchema = z.object({ kind: z.enum(CHANNEL_KINDS).catch('email') })

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('new') }
}

export default async function NewChannelPage({ params, searchParams }: Props) {
  const { project, role } = await requireProject((await params).project)
  const { kind } = querySchema.parse(await searchParams)
  const t = await getTranslations('channels')
  const { facts } = wireInstallation()
  const destination = facts === null ? 'outbox' : destinationOf({ kind, hasSecret: false }, facts)
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t('newLead')} />
      <SegmentedLinks
        label={t('columns.kind')}
        items={CHANNEL_KINDS.map((value) => ({
          href: `/${project.slug}/channels/new?kind=${value}`,
          label: t(`kinds.${value}`),
          current: value === kind,
        }))}
      />
      <ChannelForm
        key={kind}
        action={save.bind(null, project.slug, null)}
        kind={kind}
        values={{ name: '', key: '', to: '', url: '', minSeverity: '' }}
        hasSecret={false}
        isNew
        texts={await channelFormTexts(kind, destination)}
      />
    </div>
  )
}
