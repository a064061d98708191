import { getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import type { AlertRule } from '@/lib/domain/rule/rule.ts'
import type { EditorContext } from '@/lib/queries/rule-editor.ts'
import { BackTestFigure } from '../../_parts/back-test-figure.tsx'
import { readBackTest } from '../../_parts/read-back-test.ts'

/** The rule's values of the last 24 hours against its limit, with what it says of them now. */
export async function LastDay({ slug, rule, context }: { slug: string; rule: AlertRule; context: EditorContext }) {
  const { project } = await requireProject(slug)
  const t = await getTranslations('rules')
  const { answer, marks } = await readBackTest(slug, rule, context, 1)
  if (answer.kind !== 'tested') return <p className="text-ink-muted">{t(`backTest.${answer.kind}`)}</p>
  return (
    <BackTestFigure
      rule={rule}
      test={answer}
      days={1}
      marks={marks}
      timeZone={project.timeZone}
      slug={slug}
      title={t('lastDay')}
    />
  )
}
