import type { App, Connection, EmailDriver } from '@supabase/lite'

export interface AuthMail {
  to: string
  subject: string
  html: string
  text: string
}

export interface SupabaseKeys {
  jwtSecret: string
  publishableKey: string
  secretKey: string
}

export interface SupabaseLiteOptions {
  connection: Connection
  keys: SupabaseKeys
  /** Where links in mails lead: the address that people open. */
  siteUrl: string
  /** Receives the mails of the auth server: magic links, recoveries. */
  sendMail: (mail: AuthMail) => Promise<void>
}

/** Lite sends telemetry and asks for no consent; this must be set before the package is loaded. */
export function silenceTelemetry(): void {
  process.env.DO_NOT_TRACK = '1'
  process.env.LITE_TELEMETRY = '0'
}

/**
 * Supabase's REST and Auth API over a Postgres connection, in this process. Call `ensureSystemSchema` before migrations
 * that mention `auth.users`; the schema cache is filled by the first request after that.
 */
export async function createSupabaseLite(options: SupabaseLiteOptions): Promise<App> {
  silenceTelemetry()
  const { App } = await import('@supabase/lite')
  const email: EmailDriver = {
    send: async ({ to, subject, html, text }) => options.sendMail({ to, subject, html: html ?? '', text: text ?? '' }),
  }
  return new App({
    connection: options.connection,
    auth: {
      jwt_secret: options.keys.jwtSecret,
      publishable_key: options.keys.publishableKey,
      secret_key: options.keys.secretKey,
      site_url: options.siteUrl,
      // Without it Lite forgets where the person wanted to go before the link was mailed.
      additional_redirect_urls: [`${options.siteUrl}/auth/confirm**`],
    },
    options: { drivers: { email } },
  })
}

/** A pooled connection for `createSupabaseLite` to a Postgres server. */
export async function connectLiteToPostgres(url: string): Promise<Connection> {
  silenceTelemetry()
  const { createPostgresConnection } = await import('@supabase/lite/postgres')
  return createPostgresConnection({ url, postgresOptions: { onnotice: () => undefined } })
}

/** Makes schema `auth` and its tables, which migrations refer to, on a database that has none. */
export async function createAuthSchema(connection: Connection): Promise<void> {
  const app = await createSupabaseLite({
    connection,
    // These sign nothing: the application is used for its schema and dropped.
    keys: { jwtSecret: 'unused-'.repeat(8), publishableKey: 'sb_publishable_unused', secretKey: 'sb_secret_unused' },
    siteUrl: 'http://localhost:3000',
    sendMail: async () => undefined,
  })
  await app.ensureSystemSchema()
}
