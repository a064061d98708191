import type { ZodError } from 'zod'
import {
  type ChannelBase,
  type ChannelKind,
  type ChannelSecrets,
  type ChannelTarget,
  channelBaseSchema,
  channelSecretsSchema,
  channelTargetSchema,
} from '../../domain/notification/channel.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'

/** What a form or another caller says of a channel, before it is checked. Lists are already split. */
export interface ChannelDraft {
  key: string
  name: string
  minSeverity: string | null
  kind: ChannelKind
  /** E-mail addresses or telephone numbers. */
  to: string[]
  /** Address of a webhook. */
  url: string
  /** Null keeps what is stored, `''` removes it. For a webhook the signing secret, for Slack the incoming-webhook address. */
  secret: string | null
}

export interface ParsedChannel {
  base: ChannelBase
  target: ChannelTarget
  /** Null keeps what is stored; empty removes it. */
  secrets: ChannelSecrets | null
}

/** Checks a draft with the schemas that vigie.yaml uses. Every wrong field is named, with the value given unless it is a secret. */
export function parseChannel(draft: ChannelDraft): CommandResult<ParsedChannel> {
  const base = channelBaseSchema.safeParse({ key: draft.key, name: draft.name, minSeverity: draft.minSeverity })
  const target = channelTargetSchema.safeParse({ kind: draft.kind, config: configOf(draft) })
  const secrets = channelSecretsSchema.safeParse(secretsOf(draft) ?? {})
  const errors = [
    ...(base.success ? [] : listErrors(base.error, draft)),
    ...(target.success ? [] : listErrors(target.error, draft)),
    ...(secrets.success ? [] : listErrors(secrets.error, draft)),
  ]
  if (!base.success || !target.success || !secrets.success) return { ok: false, errors: onePerField(errors) }
  return {
    ok: true,
    value: { base: base.data, target: target.data, secrets: draft.secret === null ? null : secrets.data },
  }
}

function configOf({ kind, to, url }: ChannelDraft): Record<string, unknown> {
  switch (kind) {
    case 'email':
    case 'sms':
      return { to }
    case 'webhook':
      return { url }
    case 'slack':
      return {}
  }
}

function secretsOf({ kind, secret }: ChannelDraft): ChannelSecrets | null {
  if (secret === null || secret === '') return null
  if (kind === 'webhook') return { signingSecret: secret }
  if (kind === 'slack') return { slackUrl: secret }
  return null
}

const SECRET_FIELDS = ['signingSecret', 'slackUrl']

function listErrors(error: ZodError, draft: ChannelDraft): FieldError[] {
  return error.issues.map((issue) => {
    const path = issue.path.filter((part) => part !== 'config')
    const name = String(path[0] ?? '')
    if (SECRET_FIELDS.includes(name)) return { field: 'secret', code: 'invalid', message: issue.message }
    const position = path[1]
    const given = name === 'to' && typeof position === 'number' ? draft.to[position] : undefined
    const prefix = given === undefined ? '' : `“${given}” `
    const code = name === 'to' && given === undefined ? 'missing' : 'invalid'
    return { field: name === '' ? null : name, code, message: `${prefix}${issue.message}`, given }
  })
}

/** The first of each field: a second one often only follows from it. */
function onePerField(errors: readonly FieldError[]): FieldError[] {
  return errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index)
}
