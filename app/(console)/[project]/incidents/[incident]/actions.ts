'use server'

import { revalidatePath } from 'next/cache'
import { after } from 'next/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { acknowledgeIncident } from '@/lib/commands/incident/acknowledge.ts'
import { addIncidentNote } from '@/lib/commands/incident/add-note.ts'
import { changeIncidentPriority } from '@/lib/commands/incident/change-priority.ts'
import { resolveIncident } from '@/lib/commands/incident/resolve.ts'
import type { CommandResult } from '@/lib/ports/command-result.ts'
import type { ChangedIncident, IncidentCommands } from '@/lib/ports/incident-commands.ts'
import { wireTelling } from '@/lib/wiring/people.ts'

export async function acknowledge(slug: string, incidentId: string, _before: ActionResult): Promise<ActionResult> {
  return (await change(slug, (commands) => acknowledgeIncident(commands, incidentId))).result
}

export async function resolve(slug: string, incidentId: string, _before: ActionResult): Promise<ActionResult> {
  return (await change(slug, (commands) => resolveIncident(commands, incidentId, ''))).result
}

export async function changePriority(
  slug: string,
  incidentId: string,
  _before: ActionResult,
  form: FormData,
): Promise<ActionResult> {
  const priority = String(form.get('priority') ?? '')
  return (await change(slug, (commands) => changeIncidentPriority(commands, incidentId, priority))).result
}

export async function addNote(
  slug: string,
  incidentId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const note = String(form.get('note') ?? '')
  return change(slug, (commands) => addIncidentNote(commands, incidentId, note), typedValues(form))
}

async function change(
  slug: string,
  act: (commands: IncidentCommands) => Promise<CommandResult<ChangedIncident>>,
  values: Record<string, string> = {},
): Promise<FormState> {
  const { people } = await requireProject(slug)
  const answer = await act(people.incidentCommands)
  if (!answer.ok) return refusedForm('incident', answer.errors, values)
  // Whoever was told of the beginning hears of it now, not with the next tick; the answer to the person does not wait for it.
  after(() => wireTelling().deliverNow())
  revalidatePath(`/${slug}`, 'layout')
  return FRESH_FORM
}
