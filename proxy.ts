import { createServerClient } from '@supabase/ssr'
import { type NextRequest, NextResponse } from 'next/server'
import { REALTIME_UNUSED, sessionCookieOptions } from '@/app/_session/client-options.ts'
import { contentSecurityPolicy } from '@/app/_session/content-security.ts'
import { PATH_HEADER } from '@/app/_session/path-header.ts'
import { withDeadline } from '@/app/_session/with-deadline.ts'
import { pageEnvironment, sessionEnvironment } from '@/lib/wiring/session.ts'

/**
 * Renews a session that is about to end, before anything renders: a server component can read cookies and not set them.
 * It decides nothing about access; every page asks `requireUser` itself, and the database asks again.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  request.headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  // Next reads the nonce off the request and puts it on the scripts that it writes.
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()), pageEnvironment())
  request.headers.set(POLICY_HEADER, policy)
  const response = await renewSession(request)
  response.headers.set(POLICY_HEADER, policy)
  return response
}

async function renewSession(request: NextRequest): Promise<NextResponse> {
  let response = NextResponse.next({ request: { headers: request.headers } })
  if (!request.cookies.getAll().some(({ name }) => name.startsWith('sb-'))) return response

  const { supabaseUrl, publishableKey } = sessionEnvironment()
  const isHttps = request.headers.get('x-forwarded-proto')?.split(',')[0] === 'https'
  const client = createServerClient(supabaseUrl, publishableKey, {
    realtime: REALTIME_UNUSED,
    cookieOptions: sessionCookieOptions(isHttps),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll(changes, cacheHeaders) {
        for (const { name, value } of changes) request.cookies.set(name, value)
        // Made anew so that the page behind sees the renewed cookies too, not only the browser.
        response = NextResponse.next({ request: { headers: request.headers } })
        for (const { name, value, options } of changes) response.cookies.set(name, value, options)
        for (const [name, value] of Object.entries(cacheHeaders)) response.headers.set(name, value)
      },
    },
  })
  // getSession, not getUser: it calls the auth service only when the token is about to end, and nothing here trusts it.
  // A service that is away is not this function's to report: the page that needs the session will.
  await withDeadline(client.auth.getSession()).catch(() => undefined)
  return response
}

const POLICY_HEADER = 'content-security-policy'

export const config = {
  // Functions under /api and /ping authorise by themselves, /status is public, and files need no session. The proxy runs
  // before root functions, so that what is not excluded here would be slowed down.
  matcher: [
    '/((?!api/|metrics$|(?:vitals|feedback)\\.js$|ping/|status/|_next/|auth/|.*\\.(?:svg|png|ico|txt|webmanifest|woff2)$).*)',
  ],
}
