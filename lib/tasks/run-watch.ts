import type { ProbeOutcome } from '../domain/probe/outcome.ts'
import { evaluateSuspicion, type RunAttempt, type Suspicion } from '../domain/probe/suspicion.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'

export interface RunSubject {
  monitorId: string
  host: string
  wasDown: boolean
}

/** What a run has seen of its first attempts, and whether that is reason to doubt the prober. */
export interface RunWatch {
  note(monitorId: string, first: ProbeOutcome): void
  /** This one will not answer: nobody waits for it. */
  forget(monitorId: string): void
  /**
   * Answers as soon as the attempts that are still out cannot change it. When the network is cut, refused connections fail at once and
   * the others only at their time-out: judged by the first few alone, the run would look like a handful of real outages.
   */
  judge(): Promise<Suspicion>
}

/** No page waits longer than this for the time-outs of other targets: the lease of its slot must outlast the wait and the hold. */
const WAIT_FOR_OTHERS_MS = 10_000

export function createRunWatch(clock: Clock, subjects: readonly RunSubject[]): RunWatch {
  const out = new Map(subjects.map((subject) => [subject.monitorId, subject]))
  const known: RunAttempt[] = []
  let waiting: { until: Instant; answer: (suspicion: Suspicion) => void }[] = []

  /** One evaluation for all who wait: with a thousand of them, one each would cost seconds. */
  function answerWaiting(): void {
    if (waiting.length === 0) return
    const now = clock.now()
    const decided = decide(known, [...out.values()])
    const ready = waiting.filter(({ until }) => decided !== null || until <= now)
    waiting = waiting.filter((one) => !ready.includes(one))
    if (ready.length === 0) return
    const suspicion = decided ?? evaluateSuspicion(known)
    for (const { answer } of ready) answer(suspicion)
  }
  return {
    note(monitorId, { verdict, cause }) {
      const subject = out.get(monitorId)
      if (subject === undefined) return
      out.delete(monitorId)
      known.push({ host: subject.host, wasDown: subject.wasDown, verdict, cause })
      answerWaiting()
    },
    forget(monitorId) {
      if (out.delete(monitorId)) answerWaiting()
    },
    judge() {
      const decided = decide(known, [...out.values()])
      if (decided !== null) return Promise.resolve(decided)
      return new Promise((answer) => {
        waiting.push({ until: clock.now() + WAIT_FOR_OTHERS_MS, answer })
        void clock.sleep(WAIT_FOR_OTHERS_MS).then(answerWaiting)
      })
    },
  }
}

/** Null while it depends on the attempts that are still out: all of them may answer, or none. */
function decide(known: readonly RunAttempt[], out: readonly RunSubject[]): Suspicion | null {
  if (out.length === 0) return evaluateSuspicion(known)
  const imagine = (verdict: 'up' | 'down') =>
    evaluateSuspicion([...known, ...out.map(({ host, wasDown }) => ({ host, wasDown, verdict, cause: null }))])
  const best = imagine('up')
  return best.suspect === imagine('down').suspect ? best : null
}
