import type { MonitorDraft } from '@/lib/commands/monitor/save.ts'
import { monitorSecretsSchema } from '@/lib/domain/monitor/config.ts'
import type { CommandResult } from '@/lib/ports/command-result.ts'
import { refuse } from '@/lib/ports/command-result.ts'
import type { FormValues } from './form-values.ts'
import { headerLines } from './values-to-input.ts'

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

const KINDS_WITH_SECRETS = ['http', 'postgres', 'prometheus']

/** What the form does to the stored secrets. Replacing replaces all of them: nobody can see which there are. */
export function readSecrets(kind: string, values: FormValues): CommandResult<MonitorDraft['secrets']> {
  if (!KINDS_WITH_SECRETS.includes(kind)) return { ok: true, value: { op: 'keep' } }
  if (values.secretOp === 'keep' || values.secretOp === 'clear') return { ok: true, value: { op: values.secretOp } }
  const given = kind === 'postgres' ? postgresSecrets(values) : httpSecrets(values)
  if (given.authUser === '') return refuse('authUser', 'invalid', 'must not be empty')
  const wrongName = Object.keys(given.secrets.headers ?? {}).find((name) => !HEADER_NAME.test(name))
  if (wrongName !== undefined) return refuse('secretHeaders', 'invalid', 'must be one "Name: value" a line')
  const parsed = monitorSecretsSchema.safeParse(given.secrets)
  if (!parsed.success) return refuse(controlOf(parsed.error.issues[0]?.path[0]), 'invalid', 'is too long')
  const isEmpty = Object.keys(parsed.data).length === 0
  if (isEmpty && values.hadSecret === 'on') return refuse('secretOp', 'invalid', 'needs the new values')
  return { ok: true, value: isEmpty ? { op: 'keep' } : { op: 'set', value: parsed.data } }
}

interface Given {
  secrets: {
    basicAuth?: { user: string; password: string }
    bearerToken?: string
    headers?: Record<string, string>
    password?: string
  }
  /** Of basic authentication; null where another kind is chosen. */
  authUser: string | null
}

function postgresSecrets({ password = '' }: FormValues): Given {
  return { secrets: password === '' ? {} : { password }, authUser: null }
}

function httpSecrets(values: FormValues): Given {
  const headers = headerLines(values.secretHeaders)
  const isBasic = values.authKind === 'basic'
  const user = values.authUser?.trim() ?? ''
  return {
    secrets: {
      ...(isBasic ? { basicAuth: { user, password: values.authPassword ?? '' } } : {}),
      ...(values.authKind === 'bearer' && values.authToken ? { bearerToken: values.authToken.trim() } : {}),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
    },
    authUser: isBasic ? user : null,
  }
}

function controlOf(path: PropertyKey | undefined): string {
  const names: Record<string, string> = { basicAuth: 'authUser', bearerToken: 'authToken', headers: 'secretHeaders' }
  return names[String(path)] ?? 'password'
}
