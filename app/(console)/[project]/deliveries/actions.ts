'use server'

import { revalidatePath } from 'next/cache'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm } from '@/app/_session/refused-form.ts'
import { retryNotification } from '@/lib/commands/notification/retry.ts'
import { wireTelling } from '@/lib/wiring/people.ts'

/** Sends a dead letter again and waits for the provider, so that the page shows what it said. */
export async function retry(slug: string, notificationId: string, _before: ActionResult): Promise<ActionResult> {
  const { people, project } = await requireProject(slug)
  const answer = await retryNotification(people.channelCommands, project.id, notificationId)
  if (!answer.ok) return (await refusedForm('deliveries', answer.errors)).result
  await wireTelling().deliverNow()
  revalidatePath(`/${slug}`, 'layout')
  return null
}
