'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { deleteRules } from '@/lib/commands/rule/delete.ts'
import { enableRules } from '@/lib/commands/rule/enable.ts'
import { restoreRule } from '@/lib/commands/rule/restore.ts'
import { saveDraft } from '@/lib/commands/rule/save-draft.ts'
import { describeRule } from '@/lib/domain/rule/describe.ts'
import { checkChange, readEditorContext } from '@/lib/queries/rule-editor.ts'
import { readIntervals } from '@/lib/queries/rule-intervals.ts'
import { type Query, readDraft } from './_request.ts'

/** Creates a rule (`key` null) or changes one, and goes to its page. */
export async function save(slug: string, key: string | null, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project, now } = await requireProject(slug)
  const context = await readEditorContext(people, project.id)
  const locale = await getLocale()
  const all = (name: string) => form.getAll(name).map(String)
  const fields: Query = { ...typedValues(form), channel: all('channel'), rule: all('rule'), edited: '1' }
  const answer = await saveDraft(
    {
      commands: people.ruleCommands,
      known: context.known,
      rules: context.rules,
      check: async (rule) =>
        checkChange(rule, key, context, now, await readIntervals(people, project.id, rule, context, now)),
      nameOf: (rule) => describeRule(rule, locale, context.known.unitOf).replace(/\.$/, ''),
    },
    project.id,
    key,
    readDraft(fields),
  )
  if (!answer.ok) return refusedForm('rules', answer.errors, typedValues(form))
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/rules/${encodeURIComponent(answer.value)}?done=${key === null ? 'created' : 'updated'}`)
}

export async function enable(slug: string, key: string, isEnabled: boolean): Promise<void> {
  const { people, project } = await requireProject(slug)
  await enableRules(people.ruleCommands, project.id, [key], isEnabled)
  revalidatePath(`/${slug}`, 'layout')
}

export async function remove(slug: string, key: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteRules(people.ruleCommands, project.id, [key])
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/rules${answer.ok ? `?done=deleted&gone=${encodeURIComponent(key)}` : ''}`)
}

/** Undoes a deletion and goes to the rule; to the list, which says so, when it cannot be brought back any more. */
export async function restore(slug: string, key: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await restoreRule(people.ruleCommands, project.id, key)
  revalidatePath(`/${slug}`, 'layout')
  redirect(answer.ok ? `/${slug}/rules/${encodeURIComponent(key)}?done=restored` : `/${slug}/rules?done=unrestored`)
}
