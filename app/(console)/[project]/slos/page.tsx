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
import { readSlos } from '@/lib/queries/slos.ts'
import { Presets } from './_parts/presets.tsx'
import { SloTable } from './_parts/slo-table.tsx'

const querySchema = z.object({ done: z.enum(['deleted']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('slos'))('title') }
}

export default async function SlosPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('slos')
  const slos = await readSlos(people.slos, project.id, now)
  const mayChange = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/slos`
  const newSlo = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  const count = (states: readonly string[]) => slos.filter(({ state }) => states.includes(state)).length
  const finding = t('finding', {
    count: slos.length,
    exhausted: count(['exhausted']),
    burning: count(['burning', 'slow_burn']),
  })
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t('title')}
        description={slos.length === 0 ? t('lead') : finding}
        action={mayChange && slos.length > 0 && newSlo}
      />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {slos.length === 0 ? (
        <EmptyState title={t('empty.title')} action={mayChange && newSlo}>
          <p>{t(mayChange ? 'empty.text' : 'empty.viewer')}</p>
        </EmptyState>
      ) : (
        <SloTable slos={slos} path={path} now={now} timeZone={project.timeZone} />
      )}
      {mayChange && slos.length === 0 && <Presets path={path} />}
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        {mayChange && (
          <ButtonLink href={`${path}/import`} size="small">
            {t('import.link')}
          </ButtonLink>
        )}
        {slos.length > 0 && (
          <ButtonLink href={`${path}/openslo`} size="small" prefetch={false}>
            {t('export')}
          </ButtonLink>
        )}
      </p>
    </div>
  )
}
