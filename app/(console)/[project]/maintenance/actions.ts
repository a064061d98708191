'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { cancelMaintenance } from '@/lib/commands/maintenance/cancel.ts'
import { endMaintenance } from '@/lib/commands/maintenance/end.ts'
import { saveMaintenance } from '@/lib/commands/maintenance/save.ts'
import { setDeployMute } from '@/lib/commands/maintenance/set-deploy-mute.ts'
import { readMaintenance } from './_parts/read-maintenance.ts'

/** Plans (`id` null) or changes a maintenance, and goes to the month in which it begins. */
export async function save(slug: string, id: string | null, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project, now } = await requireProject(slug)
  const draft = readMaintenance(form)
  const answer = await saveMaintenance(people.muteCommands, project.id, id, draft, now)
  if (!answer.ok) return refusedForm('maintenance', answer.errors, typedValues(form))
  revalidatePath(`/${slug}`, 'layout')
  const month = draft.recurrence === null ? `month=${draft.startDate.slice(0, 7)}&` : ''
  redirect(`/${slug}/maintenance?${month}done=saved`)
}

export async function saveDeployMute(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const text = (name: string) => String(form.get(name) ?? '')
  const given = { muteSeconds: text('muteSeconds'), soakMinutes: text('soakMinutes') }
  const answer = await setDeployMute(people.muteCommands, project.id, given)
  if (!answer.ok) return refusedForm('maintenance', answer.errors, typedValues(form))
  revalidatePath(`/${slug}/maintenance`)
  const t = await getTranslations('maintenance.deploy')
  const message = t(answer.value ? 'saved' : 'unchanged')
  return { errors: {}, values: typedValues(form), result: { tone: 'success', message } }
}

export async function cancel(slug: string, windowId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await cancelMaintenance(people.muteCommands, project.id, windowId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/maintenance?done=${answer.ok ? 'cancelled' : 'gone'}`)
}

export async function end(slug: string, windowId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await endMaintenance(people.muteCommands, project.id, windowId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/maintenance?done=${answer.ok ? 'ended' : 'gone'}`)
}
