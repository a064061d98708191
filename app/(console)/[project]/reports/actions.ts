'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm } from '@/app/_session/refused-form.ts'
import { createSessionClient } from '@/app/_session/server-client.ts'
import type { Client } from '@/lib/adapters/supabase/create-client.ts'
import { sendReportNow } from '@/lib/commands/report/send-now.ts'
import type { ReportPeriod } from '@/lib/ports/report-reader.ts'
import { wireReports } from '@/lib/wiring/people.ts'

const toSchema = z.enum(['me', 'recipients']).catch('me')

/** Sends what the page shows, to the admin who asks alone or to all recipients, and says where it went. */
export async function sendNow(
  slug: string,
  period: ReportPeriod,
  _before: ActionResult,
  form: FormData,
): Promise<ActionResult> {
  const { project } = await requireProject(slug)
  const { reader, requests, renderer, mailer } = wireReports((await createSessionClient()) as unknown as Client)
  const to = toSchema.parse(form.get('to'))
  const answer = await sendReportNow({ requests, figures: reader, renderer, mailer }, project.id, { period, to })
  if (!answer.ok) return (await refusedForm('reports', answer.errors)).result
  const t = await getTranslations('reports.send')
  const recipients = answer.value.to.join(', ')
  return { tone: 'success', message: t(answer.value.viaOutbox ? 'kept' : 'sent', { recipients }) }
}
