'use server'

import { revalidatePath } from 'next/cache'
import { after } from 'next/server'
import { getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { acknowledgeFromLink } from '@/lib/commands/incident/acknowledge-from-link.ts'
import { wireAcknowledge } from '@/lib/wiring/people.ts'

/** The press of the button. The token is checked again: it is the only right that whoever presses has. */
export async function acknowledge(token: string, _before: ActionResult): Promise<ActionResult> {
  const { clock, verifier, store, deliverNow } = wireAcknowledge()
  const answer = await acknowledgeFromLink({ verifier, store }, token, clock.now())
  if (!answer.ok) return { tone: 'error', message: (await getTranslations('ack'))(`${answer.reason}.text`) }
  after(deliverNow)
  revalidatePath('/ack/[token]', 'page')
  return null
}
