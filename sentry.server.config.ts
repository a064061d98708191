import * as Sentry from '@sentry/nextjs'
import { applySentryRules, DATA_COLLECTION, TRACES_SAMPLE_RATE } from './lib/adapters/system/sentry-rules.ts'

/** Loaded by instrumentation.ts, and only where SENTRY_DSN is set. */
export function initSentry(dsn: string): void {
  Sentry.init({
    dsn,
    environment: process.env.VERCEL_ENV ?? process.env.NODE_ENV,
    tracesSampleRate: TRACES_SAMPLE_RATE,
    // Streamed spans would pass by `beforeSendTransaction`, and with it by the rules.
    traceLifecycle: 'static',
    dataCollection: { ...DATA_COLLECTION, httpBodies: [] },
    // A test of a monitor probes from this process: a target must not get headers that an ordinary client would not send.
    tracePropagationTargets: [],
    beforeSend: applySentryRules,
    beforeSendTransaction: applySentryRules,
  })
}

export const captureRequestError = Sentry.captureRequestError
