import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Log } from '../../lib/ports/log.ts'
import { wireReporter } from '../../lib/wiring/reporter.ts'

/** What the wrapper itself needs of the wiring; tasks take the rest. */
export interface CronDependencies {
  cronSecret: string
  log: Log
}

/** Figures of one run, for the log and for whoever called: `{ probed: 12, failed: 0 }`. */
export type TaskSummary = Record<string, unknown>

export interface CronFunction {
  GET(request: Request): Promise<Response>
  POST(request: Request): Promise<Response>
}

/**
 * A scheduled function: Vercel Cron calls it with GET, Supabase Cron and the local scheduler may use either. Runs the task
 * only for `Authorization: Bearer $CRON_SECRET`, answers its summary as JSON, and 500 with a request id when it throws, so
 * that a failed run is visible wherever it was called from. The task must bear being run twice, late or overlapping.
 */
export function cronFunction<Dependencies extends CronDependencies>(
  wire: () => Dependencies | Promise<Dependencies>,
  task: (dependencies: Dependencies, request: Request) => Promise<TaskSummary>,
): CronFunction {
  const handle = async (request: Request): Promise<Response> => {
    const requestId = request.headers.get('x-vercel-id') ?? randomUUID()
    const path = new URL(request.url).pathname
    let log: Log | undefined
    try {
      const dependencies = await wire()
      log = dependencies.log
      if (!isAuthorised(request, dependencies.cronSecret)) {
        const message = 'Send the header Authorization: Bearer, followed by CRON_SECRET.'
        return Response.json({ error: { code: 'unauthorised', message, requestId } }, { status: 401 })
      }
      const startedAt = Date.now()
      const summary = await task(dependencies, request)
      const durationMs = Date.now() - startedAt
      log.info('cron_done', { path, requestId, durationMs, ...summary })
      return Response.json({ ok: true, requestId, durationMs, ...summary })
    } catch (error) {
      const fields = { path, requestId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      // Without wiring there is no log; the platform keeps what is printed.
      if (log) log.error('cron_failed', fields)
      else console.error(JSON.stringify({ level: 'error', msg: 'cron_failed', ...fields }))
      await wireReporter().report(error, path, requestId)
      const message = 'The run failed. The log has the details under this request id.'
      return Response.json({ error: { code: 'internal', message, requestId } }, { status: 500 })
    }
  }
  return { GET: handle, POST: handle }
}

/** Compared as hashes: of one length whatever was sent, and in a time that tells nothing about the secret. */
function isAuthorised(request: Request, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(`Bearer ${secret}`))
}
