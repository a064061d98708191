'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { createSilence } from '@/lib/commands/silence/create.ts'
import { expireSilence } from '@/lib/commands/silence/expire.ts'
import { writeMatcher } from '@/lib/domain/mute/matcher.ts'
import { stageOf } from '@/lib/domain/mute/silence.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { HOUR } from '@/lib/domain/time/instant.ts'
import { readSilence } from './_parts/read-silence.ts'

export async function create(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project, now } = await requireProject(slug)
  const draft = readSilence(form, project.timeZone, now)
  const answer = await createSilence(people.muteCommands, project.id, draft)
  if (!answer.ok) return refusedForm('silences', answer.errors, typedValues(form))
  revalidatePath(`/${slug}`, 'layout')
  const stage = stageOf(draft, now)
  redirect(`/${slug}/silences?${stage === 'scheduled' ? 'stage=scheduled&' : ''}done=created`)
}

/** One press beside an alert: an hour of quiet for its monitor. */
export async function silenceForAnHour(slug: string, monitorKey: string, _before: ActionResult): Promise<ActionResult> {
  const { people, project, now } = await requireProject(slug)
  const endsAt = now + HOUR
  const matchers = [writeMatcher({ label: 'monitor', operator: '=', value: monitorKey })]
  const answer = await createSilence(people.muteCommands, project.id, { matchers, startsAt: now, endsAt, comment: '' })
  if (!answer.ok) return (await refusedForm('silences', answer.errors)).result
  revalidatePath(`/${slug}`, 'layout')
  const t = await getTranslations('silences')
  const until = formatBriefIn(project.timeZone, endsAt, now, await getLocale())
  return { tone: 'success', message: t('hour.done', { until }) }
}

export async function expire(slug: string, silenceId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await expireSilence(people.muteCommands, project.id, silenceId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/silences?done=${answer.ok ? 'expired' : 'gone'}`)
}
