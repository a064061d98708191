import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { type SearchParams, withQuery } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { STAGES } from '@/lib/domain/mute/silence.ts'
import { readSilences } from '@/lib/queries/silences.ts'
import { SilenceTable } from './_parts/silence-table.tsx'

const querySchema = z.object({
  stage: z.enum(STAGES).catch('active'),
  done: z.enum(['created', 'expired', 'gone']).nullable().catch(null),
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('silences'))('title') }
}

export default async function SilencesPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { stage, done } = querySchema.parse(await searchParams)
  const t = await getTranslations('silences')
  const silences = await readSilences(people.mutes, project.id, now)
  const mayChange = isRoleAtLeast(role, 'responder')
  const path = `/${project.slug}/silences`
  const shown = silences[stage]
  const create = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} action={mayChange && create} />
      {done !== null && (
        <Notice tone={done === 'gone' ? 'info' : 'success'} live>
          {t(`done.${done}`)}
        </Notice>
      )}
      <LinkTabs
        label={t('stage')}
        items={STAGES.map((value) => ({
          href: withQuery(path, { stage: value === 'active' ? null : value }),
          label: t(`stages.${value}`),
          current: value === stage,
          count: silences[value].length,
        }))}
      />
      {shown.length === 0 ? (
        <EmptyState title={t(`empty.${stage}`)}>
          <p>{t(mayChange ? 'empty.text' : 'empty.viewer')}</p>
        </EmptyState>
      ) : (
        <SilenceTable
          silences={shown}
          stage={stage}
          slug={project.slug}
          now={now}
          timeZone={project.timeZone}
          mayChange={mayChange}
        />
      )}
    </div>
  )
}
