import { getLocale } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import type { TestedRule } from '@/lib/domain/alert/back-test-step.ts'
import { type BackTestDays, backTest } from '@/lib/queries/back-test.ts'
import { readMarks } from '@/lib/queries/deployments.ts'
import { readIncidentMarks } from '@/lib/queries/incident-marks.ts'
import { type EditorContext, toMonitorFacts } from '@/lib/queries/rule-editor.ts'

/** The back-test of a rule of this project, with what went live and what was wrong in its span. */
export async function readBackTest(slug: string, rule: TestedRule, context: EditorContext, days: BackTestDays) {
  const { people, project, now } = await requireProject(slug)
  const known = {
    projectId: project.id,
    timeZone: project.timeZone,
    rules: context.rules,
    monitors: toMonitorFacts(context.monitors),
    slos: new Map(context.slos.map((slo) => [slo.key, slo])),
  }
  const answer = await backTest(people, known, rule, days, now)
  if (answer.kind !== 'tested') return { answer, marks: [] }
  const { from, until } = answer
  const [deployments, incidents] = await Promise.all([
    readMarks(people.deployments, project.id, from, until),
    readIncidentMarks(people.incidents, project.id, { from, until, locale: await getLocale() }),
  ])
  return { answer, marks: [...deployments, ...incidents] }
}
