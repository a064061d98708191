import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readSetup, type Setup } from '@/lib/queries/setup.ts'
import { wireInstallation } from '@/lib/wiring/installation.ts'
import { CronSql } from './_parts/cron-sql.tsx'
import { SetupRow } from './_parts/setup-row.tsx'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') }
}

export default async function SetupPage({ params }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const deps = { installation: wireInstallation(), settings: people.settings, channels: people.channels }
  const setup = await readSetup(deps, project.id, now)
  const t = await getTranslations('setup')
  const mayTest = isRoleAtLeast(role, 'admin')
  const place = { slug: project.slug, timeZone: project.timeZone, now }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={sentenceOf(setup, t)} />
      {setup.problems.length > 0 && (
        <Notice tone="error" title={t('problems')}>
          <ul className="list-disc pl-5">
            {setup.problems.map(({ name, message }) => (
              <li key={name}>
                <code className="font-mono text-sm">{name}</code> {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {!mayTest && <Notice tone="info">{t('forbidden')}</Notice>}
      <ul className="divide-y divide-line border-y border-line">
        {setup.items.map((item) => (
          <SetupRow key={item.name} item={item} place={place} mayTest={mayTest} />
        ))}
      </ul>
      <Section title={t('cron.title')} description={t(setup.isLocal ? 'cron.local' : 'cron.lead')}>
        <CronSql />
      </Section>
    </div>
  )
}

type Translate = Awaited<ReturnType<typeof getTranslations<'setup'>>>

function sentenceOf({ items, problems }: Setup, t: Translate): string {
  const missing = items.filter(({ state }) => state === 'missing' || state === 'attention').length + problems.length
  const optional = items.filter(({ state }) => state === 'optional').length
  return missing > 0 ? t('sentence.missing', { count: missing }) : t('sentence.fine', { count: optional })
}
