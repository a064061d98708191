import { randomBytes } from 'node:crypto'
import type { SqlSession } from './database/sql-session.ts'
import type { LocalEnvironment } from './environment.ts'

export interface FirstAdmin {
  userId: string
  email: string
  /** Set when it was made up just now: it is shown once and kept nowhere. */
  generatedPassword: string | null
  /** Set when an account exists whose password is another one than VIGIE_ADMIN_PASSWORD. */
  notice: string | null
}

/** An account that is there already; looked up before the API serves, because PGlite has one session only. */
export type KnownAccount = { id: string; email: string } | null

/** The account with the chosen address, or, when none was chosen, the oldest one. */
export async function findKnownAdmin(session: SqlSession, local: LocalEnvironment): Promise<KnownAccount> {
  const [account] = local.isAdminEmailChosen
    ? await session.query<{ id: string; email: string }>('select id::text, email from auth.users where email = $1', [
        local.adminEmail,
      ])
    : await session.query<{ id: string; email: string }>(
        'select id::text, email from auth.users where email is not null order by created_at, id limit 1',
      )
  return account ?? null
}

/** Signs the first admin up unless there is one. Throws when the auth server refuses. */
export async function ensureFirstAdmin(
  supabase: { url: string; publishableKey: string },
  local: LocalEnvironment,
  known: KnownAccount,
): Promise<FirstAdmin> {
  if (known) {
    const fits = local.adminPassword === null || (await signIn(supabase, known.email, local.adminPassword))
    return {
      userId: known.id,
      email: known.email,
      generatedPassword: null,
      notice: fits
        ? null
        : `The account ${known.email} exists already and keeps its password; VIGIE_ADMIN_PASSWORD is another one.`,
    }
  }
  const generatedPassword = local.adminPassword === null ? makePassword() : null
  const email = local.adminEmail
  const response = await post(supabase, 'signup', { email, password: local.adminPassword ?? generatedPassword })
  const body = (await response.json()) as { user?: { id?: string }; id?: string; msg?: string }
  const userId = body.user?.id ?? body.id
  if (!response.ok || !userId) throw new Error(`the first admin could not be made: ${body.msg ?? response.status}`)
  return { userId, email, generatedPassword, notice: null }
}

async function signIn(
  supabase: { url: string; publishableKey: string },
  email: string,
  password: string,
): Promise<boolean> {
  return (await post(supabase, 'token?grant_type=password', { email, password })).ok
}

function post(supabase: { url: string; publishableKey: string }, path: string, body: unknown): Promise<Response> {
  return fetch(`${supabase.url}/auth/v1/${path}`, {
    method: 'POST',
    headers: { apikey: supabase.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** 20 letters, 100 bits, in four groups; none that is taken for another one. */
function makePassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  const letters = [...randomBytes(20)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return letters.replace(/(.{5})(?=.)/g, '$1-')
}
