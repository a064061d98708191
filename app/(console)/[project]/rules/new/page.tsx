import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readEditorContext } from '@/lib/queries/rule-editor.ts'
import { RuleEditor } from '../_editor/editor.tsx'
import { readDraft, startDraft } from '../_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rules'))('new') }
}

export default async function NewRulePage({ params, searchParams }: Props) {
  const { people, project, role } = await requireProject((await params).project)
  const query = await searchParams
  const t = await getTranslations('rules')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const context = await readEditorContext(people, project.id)
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t('newLead')} />
      <RuleEditor
        slug={project.slug}
        ruleKey={null}
        draft={readDraft(query, startDraft(query, context.metrics))}
        query={query}
        context={context}
        path={`/${project.slug}/rules/new`}
        isFresh={query.edited === undefined}
      />
    </div>
  )
}
