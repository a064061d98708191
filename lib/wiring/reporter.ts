import { createErrorReporter } from '../adapters/system/report-error.ts'
import type { ErrorReporter } from '../ports/error-reporter.ts'

/** Where functions tell of their own errors. Apart from the rest: it works also while the environment is incomplete. */
export function wireReporter(): ErrorReporter {
  return createErrorReporter(process.env.SENTRY_DSN?.trim() || null, process.env.VERCEL_ENV ?? 'local')
}
