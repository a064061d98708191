'use server'

import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { setTokenBudget } from '@/lib/commands/project/set-token-budget.ts'

export async function saveTokenBudget(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const values = typedValues(form)
  const answer = await setTokenBudget(people.settingsCommands, project.id, values.tokens ?? '')
  if (!answer.ok) return refusedForm('dashboards.llm.budget', answer.errors, values)
  revalidatePath(`/${slug}/llm`)
  const t = await getTranslations('dashboards.llm.budget')
  return { ...FRESH_FORM, result: { tone: 'success', message: t('saved') }, values }
}
