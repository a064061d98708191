import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { draftOf } from '@/lib/commands/rule/draft-of.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readEditorContext } from '@/lib/queries/rule-editor.ts'
import { RuleEditor } from '../../_editor/editor.tsx'
import { decodeKey, readDraft } from '../../_request.ts'

interface Props {
  params: Promise<{ project: string; rule: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rules'))('edit') }
}

export default async function EditRulePage({ params, searchParams }: Props) {
  const { project: slug, rule: given } = await params
  const { people, project, role } = await requireProject(slug)
  const query = await searchParams
  const t = await getTranslations('rules')
  const context = await readEditorContext(people, project.id)
  const key = decodeKey(given)
  const rule = context.rules.find((one) => one.key === key)
  if (rule === undefined) notFound()
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={rule.name} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={rule.name}
        description={rule.pack === null ? t('edit') : t('editPack', { pack: rule.pack.pack })}
      />
      <RuleEditor
        slug={slug}
        ruleKey={key}
        draft={readDraft(query, draftOf(rule, context.known.unitOf))}
        query={query}
        context={context}
        path={`/${slug}/rules/${encodeURIComponent(key)}/edit`}
        isFresh={query.edited === undefined}
      />
    </div>
  )
}
