'use server'
import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { acknowledgeIncident } from '@/lib/commands/incident/acknowledge.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { wireFacts } from '@/lib/wiring/people.ts'

const acknowledgeSchema = z.object({ project: z.string(), incident: z.uuid() })
const demoSchema = z.object({ project: z.string(), op: z.enum(['break', 'repair']) })

/** Long enough for a service on this machine; a page must not hang on it. */
const DEMO_TIMEOUT_MS = 3_000

/** Acknowledges an open incident from the overview. */
export async function acknowledgeFromOverview(_before: ActionResult, form: FormData): Promise<ActionResult> {
  const t = await getTranslations('overview')
  const parsed = acknowledgeSchema.safeParse(Object.fromEntries(form))
  if (!parsed.success) return { tone: 'error', message: t('acknowledgeFailed') }
  const { project, people } = await requireProject(parsed.data.project)
  const result = await acknowledgeIncident(people.incidentCommands, parsed.data.incident)
  revalidatePath(`/${project.slug}`, 'layout')
  if (result.ok) return null
  const isForbidden = result.errors.some(({ code }) => code === 'PT403')
  return { tone: 'error', message: isForbidden ? t('acknowledgeForbidden') : t('acknowledgeFailed') }
}

/** Breaks or repairs the demo target of a local installation. */
export async function switchDemo(_before: ActionResult, form: FormData): Promise<ActionResult> {
  const t = await getTranslations('overview.demo')
  const parsed = demoSchema.safeParse(Object.fromEntries(form))
  const { demoUrl } = wireFacts()
  if (!parsed.success || demoUrl === null) return { tone: 'error', message: t('unreachable') }
  const { role } = await requireProject(parsed.data.project)
  if (!isRoleAtLeast(role, 'responder')) return { tone: 'error', message: t('forbidden') }
  const { op } = parsed.data
  try {
    const signal = AbortSignal.timeout(DEMO_TIMEOUT_MS)
    const response = await fetch(`${demoUrl}/${op}`, { method: 'POST', signal })
    if (!response.ok) return { tone: 'error', message: t('unreachable') }
  } catch {
    return { tone: 'error', message: t('unreachable') }
  }
  return { tone: 'info', message: op === 'break' ? t('broken') : t('repaired') }
}
