'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { createApiKey } from '@/lib/commands/api-key/create.ts'
import { revokeApiKey } from '@/lib/commands/api-key/revoke.ts'
import { removeMember } from '@/lib/commands/member/remove.ts'
import { saveMember } from '@/lib/commands/member/save.ts'
import { createProject } from '@/lib/commands/project/create.ts'
import { saveProject } from '@/lib/commands/project/save.ts'
import { suggestKey } from '@/lib/domain/monitor/suggest-key.ts'
import { wireTelling } from '@/lib/wiring/people.ts'
import { type KeyState, NO_KEY } from './_parts/key-state.ts'

export async function saveSettings(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const values = typedValues(form)
  const answer = await saveProject(people.settingsCommands, project.id, {
    name: values.name ?? '',
    timeZone: values.timeZone ?? '',
    locale: values.locale ?? '',
    reportRecipients: splitAddresses(values.reportRecipients),
  })
  if (!answer.ok) return refusedForm('settings', answer.errors, values)
  revalidatePath(`/${slug}`, 'layout')
  return { ...FRESH_FORM, result: await succeeded('form.saved'), values }
}

export async function createNewProject(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people } = await requireProject(slug)
  const values = typedValues(form)
  const name = values.name ?? ''
  const answer = await createProject(people.settingsCommands, {
    name,
    slug: values.slug?.trim() || suggestKey(name),
    timeZone: values.timeZone ?? '',
    locale: values.locale ?? '',
  })
  if (!answer.ok) return refusedForm('settings', answer.errors, values)
  redirect(`/${answer.value.slug}`)
}

export async function addMember(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const values = typedValues(form)
  const answer = await saveMember(people.settingsCommands, project.id, values.email ?? '', values.role ?? '')
  if (!answer.ok) return refusedForm('settings', answer.errors, values)
  revalidatePath(`/${slug}`, 'layout')
  return { ...FRESH_FORM, result: await succeeded('members.added', { email: values.email ?? '' }) }
}

export async function changeMemberRole(
  slug: string,
  email: string,
  _before: ActionResult,
  form: FormData,
): Promise<ActionResult> {
  const { people, project } = await requireProject(slug)
  const answer = await saveMember(people.settingsCommands, project.id, email, String(form.get('role') ?? ''))
  revalidatePath(`/${slug}`, 'layout')
  if (answer.ok) return null
  const { errors, result } = await refusedForm('settings', answer.errors)
  return { tone: 'error', message: errors.role ?? result?.message ?? '' }
}

export async function removeFromProject(slug: string, userId: string): Promise<void> {
  const { people, project, user } = await requireProject(slug)
  const answer = await removeMember(people.settingsCommands, project.id, userId)
  revalidatePath(`/${slug}`, 'layout')
  if (answer.ok && userId === user.id) redirect('/')
}

export async function createKey(slug: string, _before: KeyState, form: FormData): Promise<KeyState> {
  const { people, project } = await requireProject(slug)
  const deps = { commands: people.settingsCommands, mintKey: wireTelling().mintKey }
  const draft = { name: String(form.get('name') ?? ''), scopes: form.getAll('scopes').map(String) }
  const answer = await createApiKey(deps, project.id, draft)
  if (!answer.ok) return { ...(await refusedForm('settings', answer.errors, { name: draft.name })), key: null }
  revalidatePath(`/${slug}/settings/keys`)
  return { ...NO_KEY, key: answer.value.key }
}

export async function revokeKey(slug: string, keyId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  await revokeApiKey(people.settingsCommands, project.id, keyId)
  revalidatePath(`/${slug}/settings/keys`)
}

async function succeeded(key: 'form.saved' | 'members.added', values: Record<string, string> = {}) {
  const t = await getTranslations('settings')
  return { tone: 'success' as const, message: t(key, values) }
}

/** One address a line, or separated by commas: both are what people paste. */
function splitAddresses(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,;]+/).filter((address) => address !== '')
}
