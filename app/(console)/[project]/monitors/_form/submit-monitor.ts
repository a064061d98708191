'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { type ProjectContext, requireProject } from '@/app/_session/project.ts'
import { parseMonitorSpec } from '@/lib/commands/monitor/parse-spec.ts'
import { type MonitorDraft, saveMonitor } from '@/lib/commands/monitor/save.ts'
import { testDraft } from '@/lib/commands/monitor/test-now.ts'
import type { CommandResult } from '@/lib/ports/command-result.ts'
import { showOutcome } from '@/lib/queries/monitor.ts'
import { wireProbing } from '@/lib/wiring/people.ts'
import type { MonitorFormState } from './form-state.ts'
import type { FormValues } from './form-values.ts'
import { readSecrets } from './read-secrets.ts'
import { readValues, rowCount, withoutSecrets } from './read-values.ts'
import { type SpecInput, toSpecInput } from './values-to-input.ts'
import { wordErrors } from './word-errors.ts'

/** Every button of the form: saves, tries out, or makes room for one more assertion. All of it works without a script. */
export async function submitMonitor(before: MonitorFormState, form: FormData): Promise<MonitorFormState> {
  const values = readValues(form)
  const stay = (part: Partial<MonitorFormState>): MonitorFormState => ({
    attempt: before.attempt + 1,
    values: withoutSecrets(values),
    errors: {},
    result: null,
    test: null,
    ...part,
  })
  const context = await requireProject(values.project ?? '')
  const { intent = 'save', kind = 'http' } = values
  if (intent === 'addJson' || intent === 'addHeader') {
    const name = intent === 'addJson' ? 'json' : 'header'
    const rows = String(rowCount(values, name) + 1)
    return stay({ values: { ...withoutSecrets(values), [`${name}Rows`]: rows } })
  }
  const input = toSpecInput(kind, values)
  const draft = await readDraft(context, values, input)
  if (!draft.ok) return stay(await wordErrors(draft.errors, withoutSecrets(values), input.rows))
  if (intent === 'test') return stay(await test(context, draft.value))
  const saved = await saveMonitor(
    { commands: context.people.monitorCommands, secretBox: wireProbing().secretBox },
    context.project.id,
    draft.value,
  )
  if (!saved.ok) return stay(await wordErrors(saved.errors, withoutSecrets(values), input.rows))
  revalidatePath(`/${context.project.slug}`, 'layout')
  redirect(`/${context.project.slug}/monitors/${draft.value.spec.key}`)
}

async function readDraft(
  { people, project }: ProjectContext,
  values: FormValues,
  input: SpecInput,
): Promise<CommandResult<MonitorDraft>> {
  const spec = parseMonitorSpec(input)
  const secrets = readSecrets(input.target.kind, values)
  if (!spec.ok || !secrets.ok) {
    return { ok: false, errors: [...(spec.ok ? [] : spec.errors), ...(secrets.ok ? [] : secrets.errors)] }
  }
  // Read in the person's own name: an id that stood in the form could be anybody's.
  const edited = values.editedKey ? await people.monitors.findMonitor(project.id, values.editedKey) : null
  if (values.editedKey && edited === null) {
    return { ok: false, errors: [{ field: null, code: 'PT404', message: 'there is no such monitor in this project' }] }
  }
  const notifyChannelIds = (values.notify ?? '').split(',').filter((id) => id !== '')
  const id = edited?.monitor.id ?? null
  return { ok: true, value: { id, spec: spec.value, secrets: secrets.value, notifyChannelIds } }
}

async function test({ role }: ProjectContext, draft: MonitorDraft): Promise<Partial<MonitorFormState>> {
  const t = await getTranslations('monitorForm.result')
  const tested = await testDraft(wireProbing(), role, draft)
  if (!tested.ok) {
    const isForbidden = tested.errors.some(({ code }) => code === 'PT403')
    return { result: { tone: 'error', message: isForbidden ? t('forbidden') : t('notProbed') } }
  }
  const now = tested.value.startedAt
  return { test: { shown: showOutcome(tested.value, now, await getLocale()), at: now } }
}
