import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../lib/domain/time/instant.ts'
import type { Clock } from '../../lib/ports/clock.ts'
import { useFakeClock as replaceDatabaseClock, type Sql } from './postgres.ts'

/**
 * One time for the process and for the database. It stands still while any tracked call is under way, and moves to the next timer only
 * when everything else has come to rest: a minute of waiting costs milliseconds, and the order of events is always the same.
 */
export interface FakeClock extends Clock {
  /** The same port; while one of its calls is under way, time stands still. */
  track<T extends object>(port: T): T
  /** Moves time, timer by timer, until `work` is settled. Rejects when it waits for something that is neither a timer nor tracked. */
  runUntilSettled<T>(work: Promise<T>): Promise<T>
  /** Moves time to `at`, running whatever wakes on the way. `onArrive` runs at each of `stops` (ascending). */
  runTo(at: Instant, stops?: readonly Instant[], onArrive?: (at: Instant) => void): Promise<void>
}

interface Timer {
  at: Instant
  wake: () => void
}

/** With nothing tracked under way, real work that takes longer than this is a mistake of the test. */
const STUCK_AFTER_MS = 5_000

export async function createFakeClock(sql: Sql, startAt: Instant): Promise<FakeClock> {
  const database = await replaceDatabaseClock(sql, startAt)
  let now = startAt
  let inFlight = 0
  let timers: Timer[] = []

  async function comeToRest(): Promise<void> {
    // Promise chains run dry within one turn; the second turn catches what the first one started.
    for (let quietTurns = 0; quietTurns < 2; ) {
      await nextTurn()
      quietTurns = inFlight === 0 ? quietTurns + 1 : 0
    }
  }
  async function moveTo(at: Instant): Promise<void> {
    now = Math.max(now, at)
    await database.set(now)
    const due = timers.filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at)
    timers = timers.filter((timer) => timer.at > now)
    for (const timer of due) timer.wake()
  }
  const nextTimerAt = (): Instant | null => (timers.length === 0 ? null : Math.min(...timers.map(({ at }) => at)))

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise<void>((wake) => {
        timers.push({ at: now + Math.max(0, ms), wake })
      }),
    track: (port) =>
      new Proxy(port, {
        get(target, name) {
          const member = Reflect.get(target, name)
          if (typeof member !== 'function') return member
          return async (...args: unknown[]) => {
            inFlight += 1
            try {
              return await member.apply(target, args)
            } finally {
              inFlight -= 1
            }
          }
        },
      }),
    async runUntilSettled(work) {
      let isSettled = false
      const settle = () => {
        isSettled = true
      }
      work.then(settle, settle)
      for (let stuckMs = 0; ; ) {
        await comeToRest()
        if (isSettled) return work
        const at = nextTimerAt()
        if (at !== null) {
          stuckMs = 0
          await moveTo(at)
          continue
        }
        if (stuckMs > STUCK_AFTER_MS)
          throw new Error('the work waits for something that the fake clock does not know of')
        stuckMs += 5
        await wait(5)
      }
    },
    async runTo(at, stops = [], onArrive = () => undefined) {
      const left = stops.filter((stop) => stop >= now && stop < at)
      for (;;) {
        await comeToRest()
        const stop = left[0] ?? at
        const timerAt = nextTimerAt()
        if (timerAt !== null && timerAt <= stop) {
          await moveTo(timerAt)
          continue
        }
        await moveTo(stop)
        if (left.length === 0) break
        left.shift()
        onArrive(stop)
      }
      await comeToRest()
    },
  }
}
