'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { deleteChannel } from '@/lib/commands/channel/delete.ts'
import { enableChannel } from '@/lib/commands/channel/enable.ts'
import type { ChannelDraft } from '@/lib/commands/channel/parse-channel.ts'
import { saveChannel } from '@/lib/commands/channel/save.ts'
import { sendTest } from '@/lib/commands/channel/send-test.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { suggestKey } from '@/lib/domain/monitor/suggest-key.ts'
import { CHANNEL_KINDS } from '@/lib/domain/notification/channel.ts'
import { wireTelling } from '@/lib/wiring/people.ts'
import type { TestState } from './_parts/test-state.ts'

const kindSchema = z.enum(CHANNEL_KINDS)

/** Creates (`id` null) or changes a channel, then goes back to where its state can be seen. */
export async function save(slug: string, id: string | null, _before: FormState, form: FormData): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const draft = readDraft(form, id)
  const { secretBox } = wireTelling()
  const answer = await saveChannel({ commands: people.channelCommands, secretBox }, project.id, id, draft)
  if (!answer.ok) return refusedForm('channels', answer.errors, typedValues(form, ['secret']))
  revalidatePath(`/${slug}`, 'layout')
  redirect(
    id === null
      ? `/${slug}/channels/${draft.key}?done=created`
      : `/${slug}/channels/${draft.key}?done=${answer.value.result}`,
  )
}

export async function enable(
  slug: string,
  channelId: string,
  enabled: boolean,
  _before: ActionResult,
): Promise<ActionResult> {
  const { people, project } = await requireProject(slug)
  const answer = await enableChannel(people.channelCommands, project.id, channelId, enabled)
  revalidatePath(`/${slug}`, 'layout')
  return answer.ok ? null : (await refusedForm('channels', answer.errors)).result
}

export async function remove(slug: string, channelId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteChannel(people.channelCommands, project.id, channelId)
  revalidatePath(`/${slug}`, 'layout')
  redirect(`/${slug}/channels${answer.ok ? '?done=deleted' : ''}`)
}

/** Sends a test and answers with what the provider said, within seconds. */
export async function test(slug: string, channelId: string, _before: TestState): Promise<TestState> {
  const { people, project } = await requireProject(slug)
  const t = await getTranslations('channels.test')
  const { clock, deliverNow } = wireTelling()
  const deps = { commands: people.channelCommands, reader: people.channels, clock, deliverNow }
  const answer = await sendTest(deps, project, channelId)
  if (!answer.ok) return { result: (await refusedForm('channels', answer.errors)).result, links: [] }
  const { status, detail, isInOutbox, notificationId } = answer.value
  revalidatePath(`/${slug}/channels`, 'layout')
  const tone = status === 'delivered' ? 'success' : status === 'failed' ? 'error' : 'warning'
  const message =
    status === 'delivered' && isInOutbox
      ? t('kept')
      : t(status, { detail: deliverySentence(detail, await getLocale()) })
  const links = [
    ...(isInOutbox ? [{ href: `/${slug}/outbox/${notificationId}`, label: t('openOutbox') }] : []),
    { href: `/${slug}/deliveries/${notificationId}`, label: t('openDelivery') },
  ]
  return { result: { tone, message }, links }
}

/** Fields of the form as a draft. One address a line, or separated by commas: both are what people paste. */
function readDraft(form: FormData, id: string | null): ChannelDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const name = text('name')
  const secret = text('secret')
  return {
    key: text('key') || suggestKey(name),
    name,
    minSeverity: text('minSeverity') || null,
    kind: kindSchema.catch('email').parse(text('kind')),
    to: text('to')
      .split(/[\s,;]+/)
      .filter((address) => address !== ''),
    url: text('url'),
    secret: secret !== '' ? secret : id !== null && form.get('clearSecret') === 'on' ? '' : null,
  }
}
