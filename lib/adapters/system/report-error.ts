import { randomUUID } from 'node:crypto'
import type { ErrorReporter } from '../../ports/error-reporter.ts'
import { scrubText } from './scrub-text.ts'
import { isNotOurError } from './sentry-rules.ts'

/** A function that failed should answer soon, whether or not the tracker is there. */
const DEADLINE_MS = 2_000
const MAX_FRAMES = 50

/**
 * Reports errors of root functions to Sentry by one envelope each (develop.sentry.dev/sdk/data-model/envelopes). Not the SDK: it would be
 * loaded at every cold start of the function that runs each minute, and its tracing wraps `node:http`, in whose timing a probe lives.
 * Without a DSN nothing is sent. Root functions are never asked for pages, so that 404s do not come here, but are dropped all the same.
 */
export function createErrorReporter(dsn: string | null, environment: string): ErrorReporter {
  const target = dsn === null ? null : parseDsn(dsn)
  return {
    async report(error, where, requestId) {
      if (target === null || isNotOurError(error)) return
      const event = toEvent(error, where, requestId, environment)
      const header = { event_id: event.event_id, sent_at: event.timestamp }
      const body = [header, { type: 'event' }, event].map((line) => JSON.stringify(line)).join('\n')
      try {
        const headers = { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': target.authorisation }
        const answer = await fetch(target.url, {
          method: 'POST',
          headers,
          body,
          signal: AbortSignal.timeout(DEADLINE_MS),
        })
        await answer.body?.cancel()
      } catch {
        // The error stands in the log already; a tracker that is away is no second error.
      }
    },
  }
}

/** `https://<key>@<host>/<path>/<project>`. Throws on anything else, which the check of the environment lets through. */
function parseDsn(dsn: string): { url: string; authorisation: string } {
  const { protocol, host, username, pathname } = new URL(dsn)
  const [, path = '', project] = /^(.*)\/(\d+)$/.exec(pathname) ?? []
  if (project === undefined || username === '') throw new Error('SENTRY_DSN has no key or no project number')
  return {
    url: `${protocol}//${host}${path}/api/${project}/envelope/`,
    authorisation: `Sentry sentry_version=7, sentry_client=vigie/1.0, sentry_key=${username}`,
  }
}

function toEvent(error: unknown, where: string, requestId: string, environment: string) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return {
    event_id: randomUUID().replaceAll('-', ''),
    timestamp: new Date().toISOString(),
    platform: 'node',
    level: 'error',
    environment,
    transaction: scrubText(where),
    tags: { request_id: requestId },
    exception: { values: [{ type: name, value: scrubText(message), stacktrace: { frames: toFrames(stack ?? '') } }] },
  }
}

/** V8's stack, innermost first, as Sentry's frames, innermost last. */
function toFrames(stack: string) {
  const lines = [...stack.matchAll(/^\s+at (?:(.+?) \()?(?:file:\/\/)?([^()\s]+):(\d+):(\d+)\)?$/gm)]
  return lines
    .slice(0, MAX_FRAMES)
    .map(([, name, file = '', line, column]) => ({
      function: name ?? '<anonymous>',
      filename: file.replace(`${process.cwd()}/`, ''),
      lineno: Number(line),
      colno: Number(column),
      in_app: !file.includes('node_modules') && !file.startsWith('node:'),
    }))
    .reverse()
}
