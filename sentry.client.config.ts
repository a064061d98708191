import * as Sentry from '@sentry/nextjs'
import {
  applySentryRules,
  DATA_COLLECTION,
  scrubReplays,
  TRACES_SAMPLE_RATE,
} from './lib/adapters/system/sentry-rules.ts'

/** Loaded by instrumentation-client.ts, and only in builds with NEXT_PUBLIC_SENTRY_DSN. */
export function initSentry(dsn: string): void {
  Sentry.init({
    dsn,
    tracesSampleRate: TRACES_SAMPLE_RATE,
    // Streamed spans would pass by `beforeSendTransaction`, and with it by the rules.
    traceLifecycle: 'static',
    dataCollection: { ...DATA_COLLECTION, httpBodies: [] },
    // Recorded in memory and sent with an error alone; all text and pictures are blanked before they leave the browser.
    replaysSessionSampleRate: 0,
    replaysOnErrorSampleRate: 1,
    integrations: [
      // Compressed in a worker, a recording could not be looked through any more before it leaves.
      Sentry.replayIntegration({ maskAllText: true, maskAllInputs: true, blockAllMedia: true, useCompression: false }),
    ],
    transport: scrubbingTransport,
    beforeSend: applySentryRules,
    beforeSendTransaction: applySentryRules,
  })
}

/** Replays go straight to the transport, by none of the hooks: what leaves the browser can be looked through here alone. */
const scrubbingTransport: typeof Sentry.makeFetchTransport = (options) => {
  const transport = Sentry.makeFetchTransport(options)
  return {
    flush: (timeoutMs) => transport.flush(timeoutMs),
    send: (envelope) => {
      scrubReplays(envelope)
      return transport.send(envelope)
    },
  }
}
