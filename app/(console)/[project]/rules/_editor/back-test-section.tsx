import { getTranslations } from 'next-intl/server'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { TestedRule } from '@/lib/domain/alert/back-test-step.ts'
import { BACK_TEST_DAYS, type BackTestDays } from '@/lib/queries/back-test.ts'
import { readExpiries } from '@/lib/queries/expiries.ts'
import type { EditorContext } from '@/lib/queries/rule-editor.ts'
import { BackTestFigure } from '../_parts/back-test-figure.tsx'
import { readBackTest } from '../_parts/read-back-test.ts'
import type { Query } from '../_request.ts'
import { ExpiryTable } from './expiry-table.tsx'

/** What the rule would have done over the days that were asked for. */
export async function BackTestSection(props: {
  slug: string
  rule: TestedRule
  context: EditorContext
  days: BackTestDays
  path: string
  query: Query
}) {
  const { slug, rule, context, days, path, query } = props
  const { people, project, now } = await requireProject(slug)
  const t = await getTranslations('rules.backTest')
  if (rule.condition.kind === 'expiry') {
    const found = await readExpiries(people, project.id, context.monitors, rule.condition, now)
    return <ExpiryTable found={found} place={{ now, timeZone: project.timeZone }} />
  }
  const { answer, marks } = await readBackTest(slug, rule, context, days)
  const ranges = (
    <SegmentedLinks
      label={t('range')}
      items={BACK_TEST_DAYS.map((value) => ({
        href: withDays(path, query, value),
        label: t('days', { days: value }),
        current: value === days,
      }))}
    />
  )
  if (answer.kind !== 'tested') {
    return (
      <>
        {ranges}
        <p className="text-ink-muted">{t(answer.kind)}</p>
      </>
    )
  }
  return (
    <BackTestFigure
      rule={rule}
      test={answer}
      days={days}
      marks={marks}
      timeZone={project.timeZone}
      slug={slug}
      aside={ranges}
    />
  )
}

function withDays(path: string, query: Query, days: BackTestDays): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    name === 'days' || name === 'to' || value === undefined ? [] : [value].flat().map((one) => [name, one]),
  )
  return `${path}?${new URLSearchParams([...pairs, ['days', String(days)]])}`
}
