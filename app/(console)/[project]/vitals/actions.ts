'use server'

import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { rotateSiteKey } from '@/lib/commands/site/rotate-key.ts'
import { saveSite } from '@/lib/commands/site/save.ts'

export async function saveOrigins(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const values = typedValues(form)
  const allowedOrigins = (values.allowedOrigins ?? '').split(/[\s,]+/).filter((origin) => origin !== '')
  const answer = await saveSite(people.siteCommands, project.id, { allowedOrigins })
  if (!answer.ok) return refusedForm('vitals', answer.errors, values)
  revalidatePath(`/${slug}/vitals`)
  const t = await getTranslations('vitals.site')
  return { ...FRESH_FORM, result: { tone: 'success', message: t('saved') } }
}

export async function rotateKey(slug: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  await rotateSiteKey(people.siteCommands, project.id)
  revalidatePath(`/${slug}/vitals`)
}
