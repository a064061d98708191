import { getLocale, getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import type { AlertRule } from '@/lib/domain/rule/rule.ts'
import { backTest } from '@/lib/queries/back-test.ts'
import { readMarks } from '@/lib/queries/deployments.ts'
import { readIncidentMarks } from '@/lib/queries/incident-marks.ts'
import { type EditorContext, toMonitorFacts } from '@/lib/queries/rule-editor.ts'
import { BackTestFigure } from '../../_parts/back-test-figure.tsx'

/** The rule's values of the last 24 hours against its limit, with what it says of them now. */
export async function LastDay({ slug, rule, context }: { slug: string; rule: AlertRule; context: EditorContext }) {
  const { people, project, now } = await requireProject(slug)
  const t = await getTranslations('rules')
  const known = {
    projectId: project.id,
    timeZone: project.timeZone,
    rules: context.rules,
    monitors: toMonitorFacts(context.monitors),
    slos: new Map(context.slos.map((slo) => [slo.key, slo])),
  }
  const answer = await backTest(people, known, rule, 1, now)
  if (answer.kind !== 'tested') return <p className="text-ink-muted">{t(`backTest.${answer.kind}`)}</p>
  const { from, until } = answer
  const [deployments, incidents] = await Promise.all([
    readMarks(people.deployments, project.id, from, until),
    readIncidentMarks(people.incidents, project.id, { from, until, locale: await getLocale() }),
  ])
  return (
    <BackTestFigure
      rule={rule}
      test={answer}
      days={1}
      marks={[...deployments, ...incidents]}
      timeZone={project.timeZone}
      slug={slug}
      title={t('lastDay')}
    />
  )
}
