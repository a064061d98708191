'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { alertOnBurn } from '@/lib/commands/slo/alert-on-burn.ts'
import { deleteSlo } from '@/lib/commands/slo/delete.ts'
import { importSlos } from '@/lib/commands/slo/import.ts'
import { saveSlo } from '@/lib/commands/slo/save.ts'
import { findingSentence, type SloFinding } from '@/lib/domain/slo/check.ts'
import { openSloSyntax } from '@/lib/wiring/openslo.ts'
import { readDraft } from './_parts/read-draft.ts'

/** Creates (`id` null) or changes an SLO, and goes to where it can be seen. */
export async function submit(slug: string, id: string | null, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const draft = readDraft(form)
  const deps = { commands: people.sloCommands, reader: people.slos, say: await sayFinding() }
  const answer = await saveSlo(deps, project.id, id, draft)
  if (!answer.ok) return refusedForm('slos', answer.errors, typedValues(form))
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/slos/${draft.key}?done=${answer.value.result}`)
}

export async function remove(slug: string, sloId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteSlo(people.sloCommands, project.id, sloId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/slos${answer.ok ? '?done=deleted' : ''}`)
}

/** Makes the rules on the burn rate of an SLO. */
export async function watch(slug: string, key: string, _before: ActionResult, _form: FormData): Promise<ActionResult> {
  const { people, project } = await requireProject(slug)
  const slo = (await people.slos.list(project.id)).find((one) => one.key === key)
  const t = await getTranslations('slos.watch')
  if (slo === undefined) return { tone: 'error', message: t('gone') }
  const answer = await alertOnBurn(people.ruleCommands, project.id, slo)
  if (!answer.ok) return (await refusedForm('slos', answer.errors)).result
  revalidatePath(`/${slug}`, 'layout')
  return { tone: 'success', message: t('done', { rules: answer.value.join(', ') }) }
}

/** Reads OpenSLO documents that were pasted. */
export async function importText(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const deps = {
    commands: people.sloCommands,
    rules: people.ruleCommands,
    reader: people.slos,
    syntax: openSloSyntax(),
    say: await sayFinding(),
  }
  const answer = await importSlos(deps, project.id, String(form.get('text') ?? ''))
  const values = typedValues(form)
  if (!answer.ok) {
    const { result } = await refusedForm('slos', answer.errors)
    // Every fault of the file, in the words of whoever found it: they name fields of an English format.
    return { errors: { text: answer.errors.map(({ message }) => message).join(' · ') }, values, result }
  }
  revalidatePath(`/${slug}`, 'layout')
  const t = await getTranslations('slos.import')
  return { errors: {}, values: {}, result: { tone: 'success', message: t('done', { ...answer.value }) } }
}

async function sayFinding(): Promise<(finding: SloFinding, target: number) => string> {
  const locale = await getLocale()
  return (finding, target) => findingSentence(finding, target, locale)
}
