import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readChannels } from '@/lib/queries/channels.ts'
import { wireInstallation } from '@/lib/wiring/installation.ts'
import { ChannelTable } from './_parts/channel-table.tsx'

const querySchema = z.object({ done: z.enum(['created', 'saved', 'deleted']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') }
}

export default async function ChannelsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('channels')
  const { facts } = wireInstallation()
  const channels = facts === null ? [] : await readChannels(people.channels, project.id, facts)
  const mayChange = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/channels`
  const newChannel = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} action={mayChange && channels.length > 0 && newChannel} />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {channels.length === 0 ? (
        <EmptyState title={t('empty.title')} action={mayChange && newChannel}>
          {t(mayChange ? 'empty.text' : 'empty.viewer')}
        </EmptyState>
      ) : (
        <ChannelTable channels={channels} path={path} now={now} timeZone={project.timeZone} />
      )}
    </div>
  )
}
