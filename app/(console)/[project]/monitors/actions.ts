'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { changeMonitors } from '@/lib/commands/monitor/change-several.ts'
import type { CommandResult } from '@/lib/ports/command-result.ts'

/** Does to the selected monitors what the pressed button says. Deleting asks first, on the page itself. */
export async function changeSelected(_before: ActionResult, form: FormData): Promise<ActionResult> {
  const t = await getTranslations('monitors.bulk')
  const { project, people } = await requireProject(String(form.get('project')))
  const monitorIds = form.getAll('monitor').map(String)
  const op = String(form.get('op'))
  if (monitorIds.length === 0) return { tone: 'info', message: t('none') }
  if (op === 'delete') redirect(withParameter(form, project.slug, 'delete', monitorIds.join(',')))
  const result = await changeMonitors(people.monitorCommands, project.id, { monitorIds, change: changeOf(op, form) })
  revalidatePath(`/${project.slug}`, 'layout')
  if (!result.ok) return refusal(result)
  return { tone: 'success', message: t(`done.${op}`, { count: result.value }) }
}

/** Deletes after the question was answered. */
export async function deleteMonitors(_before: ActionResult, form: FormData): Promise<ActionResult> {
  const { project, people } = await requireProject(String(form.get('project')))
  const monitorIds = form.getAll('monitor').map(String)
  const result = await changeMonitors(people.monitorCommands, project.id, { monitorIds, change: { op: 'delete' } })
  if (!result.ok) return refusal(result)
  revalidatePath(`/${project.slug}`, 'layout')
  redirect(`/${project.slug}/monitors`)
}

/** Pauses or resumes the one monitor of a page. */
export async function pauseMonitor(_before: ActionResult, form: FormData): Promise<ActionResult> {
  const { project, people } = await requireProject(String(form.get('project')))
  const monitorIds = [String(form.get('monitor'))]
  const op = form.get('op') === 'pause' ? 'pause' : 'resume'
  const result = await changeMonitors(people.monitorCommands, project.id, { monitorIds, change: { op } })
  revalidatePath(`/${project.slug}`, 'layout')
  return result.ok ? null : refusal(result)
}

function changeOf(op: string, form: FormData): unknown {
  if (op === 'severity') return { op, severity: form.get('severity') }
  if (op === 'tags') return { op, tags: splitTags(String(form.get('tags') ?? '')) }
  return { op }
}

function splitTags(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

/** Only back to the list of this project, whatever the form says. */
function withParameter(form: FormData, slug: string, name: string, value: string): string {
  const path = `/${slug}/monitors`
  const wanted = String(form.get('returnTo') ?? '')
  const query = new URLSearchParams(wanted.startsWith(`${path}?`) ? wanted.slice(path.length + 1) : '')
  query.set(name, value)
  return `${path}?${query}`
}

async function refusal(result: CommandResult<unknown> & { ok: false }): Promise<ActionResult> {
  const t = await getTranslations('monitors.refused')
  const error = result.errors[0]
  if (error?.code === 'PT403') return { tone: 'error', message: t('forbidden') }
  if (error?.code === 'PT404') return { tone: 'error', message: t('gone') }
  return { tone: 'error', message: t(error?.field === 'tags' ? 'tags' : 'other') }
}
