/** What the dashboard needs to talk to Supabase in a signed-in person's own name. */
export interface SessionEnvironment {
  supabaseUrl: string
  /** Public by design: it opens nothing that row-level security does not. */
  publishableKey: string
}

/**
 * Reads the address and the publishable key. The names are those of the Supabase integration on Vercel; the older `ANON_KEY`
 * and `NEXT_PUBLIC_` spellings are accepted because existing installations still carry them. Throws when either is missing:
 * without them no page can know who asks.
 */
export function sessionEnvironment(env: NodeJS.ProcessEnv = process.env): SessionEnvironment {
  const supabaseUrl = env.SUPABASE_URL ?? env.NEXT_PUBLIC_SUPABASE_URL
  const publishableKey =
    env.SUPABASE_PUBLISHABLE_KEY ??
    env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ??
    env.SUPABASE_ANON_KEY ??
    env.NEXT_PUBLIC_SUPABASE_ANON_KEY
  if (!supabaseUrl) throw new Error('SUPABASE_URL is not set: it must be the address of the Supabase project')
  if (!publishableKey)
    throw new Error('SUPABASE_PUBLISHABLE_KEY is not set: it must be the publishable (sb_publishable_…) key')
  return { supabaseUrl, publishableKey }
}

/** What the browser of a page may be told to do depends on these; both are fixed when the dashboard is built. */
export function pageEnvironment(): { isDevelopment: boolean; errorTracker: string | null } {
  const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN
  return {
    isDevelopment: process.env.NODE_ENV === 'development',
    errorTracker: dsn && URL.canParse(dsn) ? new URL(dsn).origin : null,
  }
}
