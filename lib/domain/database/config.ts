import { z } from 'zod'
import type { ConnectionParts } from './source.ts'

/** libpq's words. `prefer` and `allow` are not among them: they fall back on plain text without saying so. */
const TLS_MODES: Record<string, ConnectionParts['tls']> = {
  disable: 'disable',
  require: 'require',
  'verify-ca': 'verify',
  'verify-full': 'verify',
}

/** `postgres://user:password@host:5432/database?sslmode=require`, as dashboards of hosts show it. */
export const connectionStringSchema = z
  .string()
  .trim()
  .max(2_048)
  .transform((text, context): ConnectionParts => {
    const parts = readConnectionString(text)
    if (typeof parts !== 'string') return parts
    context.addIssue({ code: 'custom', message: parts })
    return z.NEVER
  })

/** The parts, or what is wrong, as the end of a sentence that begins with the field. Never repeats the text: it holds a password. */
function readConnectionString(text: string): ConnectionParts | string {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    return 'must be an address such as postgres://user:password@host:5432/database'
  const url = new URL(text)
  const tls = TLS_MODES[url.searchParams.get('sslmode') ?? 'require']
  if (tls === undefined) return 'has an sslmode that is none of disable, require, verify-ca, verify-full'
  if (url.hostname === '') return 'names no host'
  if (url.username === '') return 'names no user'
  try {
    return {
      host: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : decodeURIComponent(url.hostname),
      port: url.port === '' ? 5_432 : Number(url.port),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
      tls,
    }
  } catch {
    return 'has a % that begins no escape: write % as %25'
  }
}

/** What the page may show of a connection string. */
export function describeAddress({ host, port, database, user }: ConnectionParts): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database} (${user})`
}

export const databaseSourceSchema = z.strictObject({
  key: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and dashes'),
  name: z.string().trim().min(1, 'must not be empty').max(120),
  projectRef: z
    .string()
    .regex(/^[a-z0-9]{1,63}$/, 'must be the reference of a Supabase project, such as abcdefghijklmnopqrst')
    .nullable(),
  storageLimitBytes: z
    .number()
    .int()
    .positive('must be above zero')
    .max(2 ** 50)
    .nullable(),
  enabled: z.boolean(),
})
export type DatabaseSourceBase = z.output<typeof databaseSourceSchema>
