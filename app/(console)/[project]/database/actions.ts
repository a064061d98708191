'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm, typedValues } from '@/app/_session/refused-form.ts'
import { checkDatabaseNow } from '@/lib/commands/database-source/check-now.ts'
import { deleteDatabaseSource } from '@/lib/commands/database-source/delete.ts'
import type { DatabaseSourceDraft } from '@/lib/commands/database-source/parse-source.ts'
import { saveDatabaseSource } from '@/lib/commands/database-source/save.ts'
import { DATABASE_KINDS } from '@/lib/domain/database/source.ts'
import { suggestKey } from '@/lib/domain/monitor/suggest-key.ts'
import type { FieldError } from '@/lib/ports/command-result.ts'
import { wireDatabases } from '@/lib/wiring/databases.ts'
import type { CheckState } from './_parts/check-state.ts'

const kindSchema = z.enum(DATABASE_KINDS).catch('postgres')

/** Adds (`id` null) or changes a database and looks into it at once, so that its page has figures, or says what is wrong. */
export async function save(
  slug: string,
  id: string | null,
  key: string | null,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const { people, project } = await requireProject(slug)
  const { secretBox, collect } = wireDatabases()
  const draft = readDraft(form, id, key)
  const answer = await saveDatabaseSource({ commands: people.databaseCommands, secretBox }, project.id, id, draft)
  if (!answer.ok) {
    return refusedForm('database', answer.errors.map(nameForKey), typedValues(form, ['connection', 'metricsKey']))
  }
  await checkDatabaseNow(
    { commands: people.databaseCommands, reader: people.databases, collect },
    project.id,
    answer.value.id,
  )
  revalidatePath(`/${slug}/database`, 'layout')
  redirect(`/${slug}/database?source=${draft.key}&done=${answer.value.result}`)
}

export async function remove(slug: string, sourceId: string): Promise<void> {
  const { people, project } = await requireProject(slug)
  const answer = await deleteDatabaseSource(people.databaseCommands, project.id, sourceId)
  revalidatePath(`/${slug}/database`, 'layout')
  redirect(`/${slug}/database${answer.ok ? '?done=deleted' : ''}`)
}

/** Looks into a database now and answers with what came of it. */
export async function check(slug: string, sourceId: string, _before: CheckState): Promise<CheckState> {
  const { people, project } = await requireProject(slug)
  const t = await getTranslations('database')
  const deps = { commands: people.databaseCommands, reader: people.databases, collect: wireDatabases().collect }
  const answer = await checkDatabaseNow(deps, project.id, sourceId)
  revalidatePath(`/${slug}/database`, 'layout')
  if (!answer.ok) return { result: (await refusedForm('database', answer.errors)).result }
  if (answer.value === null) return { result: { tone: 'info', message: t('check.busy') } }
  const { failure } = answer.value
  if (failure === null) return { result: { tone: 'success', message: t('check.fine') } }
  const title = t(`failures.${failure.code}.title`)
  const text = t(`failures.${failure.code}.text`)
  return { result: { tone: 'error', message: t('check.failed', { title, text, message: failure.message }) } }
}

/** The key is made from the name and has no field of its own. */
function nameForKey(error: FieldError): FieldError {
  return error.field === 'key' ? { ...error, field: 'name' } : error
}

function readDraft(form: FormData, id: string | null, key: string | null): DatabaseSourceDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const metricsKey = text('metricsKey')
  return {
    key: key ?? suggestKey(text('name')),
    name: text('name'),
    kind: kindSchema.parse(text('kind')),
    connection: text('connection'),
    projectRef: text('projectRef'),
    metricsKey: metricsKey !== '' ? metricsKey : form.get('clearMetricsKey') === 'on' ? '' : null,
    storageLimitGb: text('storageLimitGb'),
    enabled: id === null || form.get('enabled') === 'on',
  }
}
