import type { Instrumentation } from 'next'

/** Imported on demand: without SENTRY_DSN the SDK costs neither memory nor start-up. */
export async function register(): Promise<void> {
  const dsn = process.env.SENTRY_DSN
  if (dsn && process.env.NEXT_RUNTIME === 'nodejs') (await import('./sentry.server.config.ts')).initSentry(dsn)
}

/** Errors of server components, route handlers and actions. */
export const onRequestError: Instrumentation.onRequestError = async (...details) => {
  if (!process.env.SENTRY_DSN || process.env.NEXT_RUNTIME !== 'nodejs') return
  const { captureRequestError } = await import('./sentry.server.config.ts')
  captureRequestError(...details)
}
