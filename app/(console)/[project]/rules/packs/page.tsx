import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { type SearchParams, withQuery } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { viewGuides } from '@/lib/domain/pack/pack-state.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import { readPacks } from '@/lib/queries/packs.ts'
import { PackSection } from './_parts/pack-section.tsx'

const VIEWS = ['pack', 'guide'] as const
const viewSchema = z.enum(VIEWS).catch('pack')

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('packs'))('title') }
}

export default async function PacksPage({ params, searchParams }: Props) {
  const { people, project, role } = await requireProject((await params).project)
  const by = viewSchema.parse((await searchParams).by)
  const t = await getTranslations('packs')
  const locale = (await getLocale()) as Locale
  const packs = await readPacks(people.packs, project)
  const mayChange = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/rules/packs`
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} />
      {!mayChange && <Notice tone="info">{t('forbidden')}</Notice>}
      <LinkTabs
        label={t('views.label')}
        items={VIEWS.map((view) => ({
          href: withQuery(path, { by: view === 'pack' ? null : view }),
          label: t(`views.${view}`),
          current: view === by,
        }))}
      />
      <div className="divide-y divide-line border-y border-line">
        {by === 'guide'
          ? viewGuides(packs).map(({ guide, ...view }) => (
              <PackSection
                key={guide}
                id={`guide-${guide}`}
                choice={{ guide }}
                name={t(`guides.${guide}`)}
                {...view}
                slug={project.slug}
                mayChange={mayChange}
              />
            ))
          : packs.map(({ pack, rows, state }) => (
              <PackSection
                key={pack.key}
                id={`pack-${pack.key}`}
                choice={{ pack: pack.key }}
                name={pack.name[locale]}
                lead={pack.lead[locale]}
                rows={rows}
                state={state}
                slug={project.slug}
                mayChange={mayChange}
              />
            ))}
      </div>
    </div>
  )
}
