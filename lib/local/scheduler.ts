import { Cron } from 'croner'
import type { Log } from '../ports/log.ts'
import type { VercelConfig } from './vercel-config.ts'

export interface SchedulerOptions {
  crons: VercelConfig['crons']
  /** Address of the functions host. */
  baseUrl: string
  cronSecret: string
  log: Log
}

export interface Scheduler {
  /** No further calls. Those under way are hung up on: the function's `request.signal` says so, and the host waits for its end. */
  stop(): void
}

/** Overlapping runs are allowed by design, as on Vercel; a third one would only queue behind a database that is stuck. */
const MOST_IN_FLIGHT = 2
/** A little more than the longest run that vercel.json allows. */
const CALL_TIMEOUT_MS = 150_000

/**
 * Calls the crons of vercel.json on their schedules, in UTC, with the secret, like Vercel Cron: no retry before the next
 * time. What runs every minute is also called once at the start, so that nobody waits for the full minute.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const inFlight = new Map<string, number>()
  const stopping = new AbortController()
  const call = async (path: string): Promise<void> => {
    const count = inFlight.get(path) ?? 0
    if (count >= MOST_IN_FLIGHT) {
      options.log.warn('cron_skipped', { path, reason: `${count} runs are still under way` })
      return
    }
    inFlight.set(path, count + 1)
    try {
      const response = await fetch(new URL(path, options.baseUrl), {
        headers: { authorization: `Bearer ${options.cronSecret}`, 'user-agent': 'vigie-scheduler/1.0' },
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
      })
      const body = await response.text()
      if (!response.ok) options.log.error('cron_failed', { path, status: response.status, body: body.slice(0, 500) })
    } catch (error) {
      if (stopping.signal.aborted) return
      options.log.error('cron_failed', { path, error: (error as Error).message })
    } finally {
      inFlight.set(path, (inFlight.get(path) ?? 1) - 1)
    }
  }
  const jobs = options.crons.map(({ path, schedule }) => new Cron(schedule, { timezone: 'UTC' }, () => void call(path)))
  for (const { path, schedule } of options.crons) if (schedule === '* * * * *') void call(path)
  return {
    stop: () => {
      for (const job of jobs) job.stop()
      stopping.abort()
    },
  }
}
