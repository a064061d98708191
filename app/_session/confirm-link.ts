import type { EmailOtpType } from '@supabase/supabase-js'
import { safeNextPath } from './safe-next.ts'
import { createSessionClient } from './server-client.ts'

const TYPES: readonly EmailOtpType[] = ['email', 'magiclink', 'recovery', 'invite', 'signup', 'email_change']

/**
 * Turns the link of a sign-in mail into a session, then goes where the person was headed. Three kinds of link arrive here:
 * `code` (hosted Supabase after its own verification, PKCE), `token_hash` (a mail template that points here), and `token`
 * (the embedded stack, whose mails lead to `/auth/v1/verify`). A link that no longer works leads to the sign-in page.
 */
export async function confirmLink(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const isConfirmed = await confirm(query)
  // A relative Location (RFC 9110 §10.2.2): behind a reverse proxy the request's own origin is not the visitor's.
  const location = isConfirmed ? nextOf(query) : '/sign-in?error=link'
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}

async function confirm(query: URLSearchParams): Promise<boolean> {
  const client = await createSessionClient()
  const code = query.get('code')
  if (code) return (await client.auth.exchangeCodeForSession(code)).error === null
  const tokenHash = query.get('token_hash') ?? query.get('token')
  if (!tokenHash) return false
  for (const type of typesToTry(query.get('type'))) {
    const { error } = await client.auth.verifyOtp({ token_hash: tokenHash, type })
    if (!error) return true
  }
  return false
}

/** The type that the link names first; then `magiclink`, because the embedded stack knows a mailed link by no other name. */
function typesToTry(named: string | null): EmailOtpType[] {
  const type = TYPES.find((candidate) => candidate === named)
  return [...new Set<EmailOtpType>([type ?? 'email', 'magiclink'])]
}

/** `next` of our own link, or of the link that the mail's `redirect_to` wraps. */
function nextOf(query: URLSearchParams): string {
  const own = query.get('next')
  if (own !== null) return safeNextPath(own)
  const wrapped = query.get('redirect_to')
  if (wrapped === null || !URL.canParse(wrapped)) return '/'
  return safeNextPath(new URL(wrapped).searchParams.get('next'))
}
