'use server'

import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { createSessionClient } from '@/app/_session/server-client.ts'
import type { Client } from '@/lib/adapters/supabase/create-client.ts'
import { deleteLogDrain } from '@/lib/commands/log-drain/delete.ts'
import { saveLogDrain } from '@/lib/commands/log-drain/save.ts'
import { wireLogDrainSettings } from '@/lib/wiring/log-drain.ts'

export async function save(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { project } = await requireProject(slug)
  const values = typedValues(form, ['secret', 'clearSecret'])
  const typed = String(form.get('secret') ?? '').trim()
  const secret = typed !== '' ? typed : form.get('clearSecret') === 'on' ? '' : null
  const answer = await saveLogDrain(await wired(), project.id, { verifyToken: values.verifyToken ?? '', secret })
  if (!answer.ok) return refusedForm('logDrain', answer.errors, values)
  revalidatePath(`/${slug}/settings/log-drain`)
  const t = await getTranslations('logDrain.form')
  return { ...FRESH_FORM, result: { tone: 'success', message: t('saved') }, values }
}

export async function remove(slug: string): Promise<void> {
  const { project } = await requireProject(slug)
  await deleteLogDrain((await wired()).commands, project.id)
  revalidatePath(`/${slug}/settings/log-drain`)
}

async function wired() {
  return wireLogDrainSettings((await createSessionClient()) as unknown as Client)
}
