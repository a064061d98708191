import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import type { ListedDatabase } from '@/lib/ports/database-reader.ts'
import { CheckButton } from '../../_parts/check-button.client.tsx'
import { SourceForm } from '../../_parts/source-form.client.tsx'
import { sourceFormTexts } from '../../_parts/source-form-texts.ts'
import { check, remove, save } from '../../actions.ts'

interface Props {
  params: Promise<{ project: string; source: string }>
}

const GB = 1_000_000_000

const findSource = cache(async (slug: string, key: string) => {
  const { people, project } = await requireProject(slug)
  return (await people.databases.listSources(project.id)).find((source) => source.key === key) ?? null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, source } = await params
  const found = await findSource(project, source)
  return found === null ? {} : { title: found.name }
}

export default async function DatabaseSourcePage({ params }: Props) {
  const { project: slug, source: key } = await params
  const { role } = await requireProject(slug)
  const source = await findSource(slug, key)
  if (source === null) notFound()
  const t = await getTranslations('database')
  const { id, kind, name, projectRef, storageLimitBytes, enabled } = source
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={name}
        description={t(`form.editLead.${kind}`)}
        action={<ButtonLink href={`/${slug}/database?source=${key}`}>{t('check.open')}</ButtonLink>}
      />
      {isRoleAtLeast(role, 'admin') ? (
        <div className="grid gap-x-10 gap-y-8 *:min-w-0 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <SourceForm
            action={save.bind(null, slug, id, key)}
            kind={kind}
            values={{
              name,
              projectRef: projectRef ?? '',
              storageLimitGb: storageLimitBytes === null ? '' : String(storageLimitBytes / GB),
              enabled,
            }}
            hasMetricsKey={source.hasMetricsKey}
            isNew={false}
            texts={await sourceFormTexts(source.address)}
          />
          <Side source={source} slug={slug} />
        </div>
      ) : (
        <Notice tone="info">{t('form.forbidden')}</Notice>
      )}
    </div>
  )
}

async function Side({ source, slug }: { source: ListedDatabase; slug: string }) {
  const t = await getTranslations('database')
  return (
    <div className="flex flex-col gap-8">
      <Section title={t('check.title')} description={t('check.lead')}>
        <CheckButton
          action={check.bind(null, slug, source.id)}
          label={t('check.send')}
          pendingLabel={t('check.sending')}
        />
      </Section>
      {source.kind !== 'own' && (
        <Section title={t('delete.title')} description={t('delete.lead')}>
          <div>
            <ConfirmButton
              label={t('delete.label')}
              title={t('delete.question', { name: source.name })}
              lost={t('delete.lost')}
              confirmLabel={t('delete.confirm')}
              cancelLabel={t('delete.cancel')}
              action={remove.bind(null, slug, source.id)}
            />
          </div>
        </Section>
      )}
    </div>
  )
}
