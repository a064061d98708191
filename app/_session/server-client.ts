import { createServerClient } from '@supabase/ssr'
import { cookies, headers } from 'next/headers'
import { sessionEnvironment } from '@/lib/wiring/session.ts'
import { REALTIME_UNUSED, sessionCookieOptions } from './client-options.ts'

/** A Supabase client that acts as the person whose cookies came with this request. Made anew for every request, never shared. */
export async function createSessionClient() {
  const { supabaseUrl, publishableKey } = sessionEnvironment()
  const jar = await cookies()
  const isHttps = (await headers()).get('x-forwarded-proto')?.split(',')[0] === 'https'
  return createServerClient(supabaseUrl, publishableKey, {
    realtime: REALTIME_UNUSED,
    cookieOptions: sessionCookieOptions(isHttps),
    cookies: {
      getAll: () => jar.getAll(),
      setAll(changes) {
        try {
          for (const { name, value, options } of changes) jar.set(name, value, options)
        } catch {
          // A server component cannot set cookies any more: its head has been sent. The proxy renewed them before it ran.
        }
      },
    },
  })
}
