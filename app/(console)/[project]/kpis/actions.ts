'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { chooseDigestChannels } from '@/lib/commands/kpi/choose-digest-channels.ts'
import { deleteKpi } from '@/lib/commands/kpi/delete.ts'
import { runDraft } from '@/lib/commands/kpi/run-draft.ts'
import { saveKpi } from '@/lib/commands/kpi/save.ts'
import { formatFigure } from '@/lib/domain/kpi/format-figure.ts'
import { explanationOf } from '@/lib/domain/kpi/reading.ts'
import { wireKpiRuns } from '@/lib/wiring/kpis.ts'
import { readDraft } from './_parts/read-draft.ts'

/** The form's two buttons: runs what it says, or saves it. */
export async function submit(slug: string, id: string | null, before: FormState, form: FormData): Promise<FormState> {
  return form.get('intent') === 'run' ? run(slug, id, form) : save(slug, id, before, form)
}

/** Creates (`id` null) or changes a KPI, runs its query once, and goes to where its figure or its fault can be seen. */
async function save(slug: string, id: string | null, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const { secretBox, runNow } = wireKpiRuns()
  const draft = readDraft(form)
  const answer = await saveKpi({ commands: people.kpiCommands, secretBox }, project.id, id, draft)
  if (!answer.ok) return refusedForm('kpis', answer.errors, typedValues(form, ['database']))
  if (draft.kind === 'sql') await runNow(answer.value.id)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/kpis/${encodeURIComponent(draft.key)}?done=${answer.value.result}`)
}

/** Runs the query as the form has it. Nothing is stored. */
async function run(slug: string, id: string | null, form: FormData): Promise<FormState> {
  const { role, project } = await requireProject(slug)
  const values = typedValues(form, ['database'])
  const draft = readDraft(form)
  const answer = await runDraft(wireKpiRuns(), role, project.id, id, draft)
  if (!answer.ok) return refusedForm('kpis', answer.errors, values)
  const t = await getTranslations('kpis')
  const reading = answer.value
  const roleSentence = reading.canWrite === null ? '' : t(reading.canWrite ? 'run.canWrite' : 'run.readOnly')
  if (!reading.ok) {
    const message = [t(`faults.${reading.fault}`), explanationOf(reading.fault, reading.message), roleSentence]
      .filter(Boolean)
      .join(' ')
    return { errors: {}, values, result: { tone: 'error', message } }
  }
  const figure = formatFigure(reading.value, draft.unit, await getLocale())
  const message = [t('run.value', { figure }), roleSentence].filter(Boolean).join(' ')
  return { errors: {}, values, result: { tone: reading.canWrite ? 'warning' : 'success', message } }
}

export async function remove(slug: string, kpiId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteKpi(people.kpiCommands, project.id, kpiId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/kpis${answer.ok ? '?done=deleted' : ''}`)
}

export async function saveDigest(slug: string, _before: ActionResult, form: FormData): Promise<ActionResult> {
  const { people, project } = await requireProject(slug)
  const chosen = form.getAll('channel').map(String)
  const answer = await chooseDigestChannels(people.kpiCommands, project.id, chosen)
  revalidatePath(`/${slug}/kpis`)
  if (!answer.ok) return (await refusedForm('kpis', answer.errors)).result
  const t = await getTranslations('kpis.digest')
  return { tone: 'success', message: t(answer.value ? 'saved' : 'unchanged') }
}
