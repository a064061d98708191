import { createHmac } from 'node:crypto'
import type { SupabaseKeys } from './database/supabase-lite.ts'

/**
 * Lets Supabase Lite set up its roles before anybody asks. It grants their rights at the first request of each, and several first
 * requests at once fail with "tuple concurrently updated": a page that loads its parts side by side would answer 500 once.
 */
export async function openRoles(url: string, keys: SupabaseKeys, ask: typeof fetch = fetch): Promise<void> {
  const bearers = [keys.publishableKey, makeToken(keys.jwtSecret), keys.secretKey]
  for (const bearer of bearers) {
    const isKey = bearer.startsWith('sb_')
    const headers = {
      apikey: isKey ? bearer : keys.publishableKey,
      ...(isKey ? {} : { authorization: `Bearer ${bearer}` }),
    }
    const response = await ask(`${url}/rest/v1/projects?select=id&limit=1`, { headers })
    await response.body?.cancel()
  }
}

/** A signed-in nobody, valid for a minute. */
function makeToken(secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const expiresAtSeconds = Math.floor(Date.now() / 1_000) + 60
  const claims = {
    role: 'authenticated',
    aud: 'authenticated',
    sub: '00000000-0000-0000-0000-000000000000',
    exp: expiresAtSeconds,
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
