'use server'
import { getLocale, getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import { testMonitor } from '@/lib/commands/monitor/test-now.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { type ShownOutcome, showOutcome } from '@/lib/queries/monitor.ts'
import { wireProbing } from '@/lib/wiring/people.ts'

export type TestState = { shown: ShownOutcome; at: Instant } | { message: string } | null

/** Probes the monitor of a page once, as it stands. Nothing is stored. */
export async function testNow(_before: TestState, form: FormData): Promise<TestState> {
  const t = await getTranslations('monitor.test')
  const { project, role, people } = await requireProject(String(form.get('project')))
  const detail = await people.monitors.findMonitor(project.id, String(form.get('key')))
  if (detail === null) return { message: t('gone') }
  const tested = await testMonitor(wireProbing(), role, detail.monitor)
  if (!tested.ok) return { message: t(tested.errors[0]?.code === 'PT403' ? 'forbidden' : 'notProbed') }
  const at = tested.value.startedAt
  return { shown: showOutcome(tested.value, at, await getLocale()), at }
}
