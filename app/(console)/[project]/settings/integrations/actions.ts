'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { deleteIntegration } from '@/lib/commands/integration/delete.ts'
import { type IntegrationDraft, saveIntegration } from '@/lib/commands/integration/save.ts'
import { INTEGRATION_KINDS, webhookPath } from '@/lib/domain/deployment/integration.ts'
import { wireConnecting } from '@/lib/wiring/connecting.ts'
import { type ConnectState, NOTHING_MADE } from './_parts/connect-state.ts'

const SECRETS = ['secret', 'token']

/** Makes a connection, and answers the address that the platform is to call. */
export async function connect(slug: string, _before: ConnectState, form: FormData): Promise<ConnectState> {
  const { people, project } = await requireProject(slug)
  const { url, ...deps } = wireConnecting()
  const kind = String(form.get('kind') ?? '')
  const draft = { ...readDraft(form), kind, secret: '', enabled: true }
  const answer = await saveIntegration({ commands: people.integrationCommands, ...deps }, project.id, null, draft)
  if (!answer.ok)
    return { ...(await refusedForm('integrations', answer.errors, typedValues(form, SECRETS))), made: null }
  const { id, key, secret } = answer.value
  revalidatePath(`/${slug}/settings/integrations`)
  return { ...NOTHING_MADE, made: madeOf(url, slug, { id, kind, key, secret }) }
}

/** Changes a connection. With `renew` it gets a new secret, which is shown once. */
export async function change(slug: string, id: string, _before: ConnectState, form: FormData): Promise<ConnectState> {
  const { people, project } = await requireProject(slug)
  const { url, ...deps } = wireConnecting()
  const kind = String(form.get('kind') ?? '')
  const given = String(form.get('secret') ?? '')
  const draft = { ...readDraft(form), secret: form.get('renew') === 'on' ? '' : given === '' ? null : given }
  const answer = await saveIntegration({ commands: people.integrationCommands, ...deps }, project.id, id, draft)
  const values = typedValues(form, SECRETS)
  if (!answer.ok) return { ...(await refusedForm('integrations', answer.errors, values)), made: null }
  revalidatePath(`/${slug}/settings/integrations`, 'layout')
  const { key, secret } = answer.value
  const t = await getTranslations('integrations')
  const result = { tone: 'success' as const, message: t('saved') }
  return { ...NOTHING_MADE, result, made: secret === null ? null : madeOf(url, slug, { id, kind, key, secret }) }
}

export async function disconnect(slug: string, id: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteIntegration(people.integrationCommands, project.id, id)
  revalidatePath(`/${slug}/settings/integrations`, 'layout')
  redirect(`/${slug}/settings/integrations${answer.ok ? '?done=deleted' : ''}`)
}

function readDraft(form: FormData): IntegrationDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const token = text('token')
  return {
    kind: text('kind'),
    name: text('name'),
    enabled: form.get('enabled') === 'on',
    secret: null,
    organization: text('organization'),
    project: text('project'),
    token: token !== '' ? token : form.get('clearToken') === 'on' ? '' : null,
  }
}

function madeOf(
  url: string,
  slug: string,
  { id, kind, key, secret }: { id: string; kind: string; key: string; secret: string | null },
): ConnectState['made'] {
  const known = INTEGRATION_KINDS.find((one) => one === kind)
  if (known === undefined) return null
  return {
    address: `${url}${webhookPath(known, key, secret ?? '')}`,
    // In the address of Railway already.
    secret: known === 'railway' ? null : secret,
    href: `/${slug}/settings/integrations/${id}`,
  }
}
