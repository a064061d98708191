import { describeMs } from '../../domain/probe/quote.ts'
import { type NetFailure, netFailure } from './net-failure.ts'

/** One step of a probe: begins, and settles once. What it opens it gives to the deadline. */
export type Step<T> = (settle: (value: T | NetFailure) => void) => void

const COMPLAINTS = {
  connect: (limit: string) => `no connection within ${limit}`,
  answer: (limit: string) => `no answer within ${limit}`,
  body: (limit: string) => `the answer began but did not end within ${limit}`,
} as const

/**
 * Bounds a whole probe with one timer, whatever its steps are doing: a socket time-out would only bound the silence between
 * two bytes, and a target that drips one byte a second would hold the probe for ever. Aborting rejects with the signal's
 * reason instead, because it says nothing about the target.
 */
export class Deadline {
  readonly timeoutMs: number
  /** Monotonic start, `performance.now()`. */
  readonly startedMs = performance.now()
  /** What is being waited for; decides the words of a time-out. */
  stage: keyof typeof COMPLAINTS = 'connect'
  #timer: NodeJS.Timeout
  #signal: AbortSignal | undefined
  #owned: { destroy(): void }[] = []
  #interrupt: ((outcome: 'expired' | 'aborted') => void) | null = null
  #ended: 'expired' | 'aborted' | null = null

  constructor(timeoutMs: number, signal?: AbortSignal) {
    this.timeoutMs = timeoutMs
    this.#timer = setTimeout(expire, timeoutMs, this)
    this.#signal = signal
    signal?.addEventListener('abort', this.#onAbort)
    if (signal?.aborted) this.#ended = 'aborted'
  }

  elapsedMs(): number {
    return performance.now() - this.startedMs
  }

  /** Runs one step at a time; a failure value when time is up first, a rejection only when the signal aborts. */
  run<T>(step: Step<T>): Promise<T | NetFailure> {
    return new Promise((resolve, reject) => {
      const interrupt = (outcome: 'expired' | 'aborted') => {
        if (outcome === 'aborted') reject(this.#signal?.reason)
        else resolve(netFailure('timeout', COMPLAINTS[this.stage](describeMs(this.timeoutMs))))
      }
      this.#interrupt = interrupt
      if (this.#ended === null) step(resolve)
      else interrupt(this.#ended)
    })
  }

  /** Takes charge of a socket, or of anything else that must not outlive the probe. */
  own<T extends { destroy(): void }>(resource: T): T {
    this.#owned.push(resource)
    return resource
  }

  /**
   * Hands a resource over to `heir`, which ends it with itself. A TLS socket must be destroyed before the socket that it wraps: the
   * other way round Node 20 (20.20.2) reads freed memory and the process dies with a segmentation fault.
   */
  replace(resource: { destroy(): void }, heir: { destroy(): void }): void {
    this.#owned = this.#owned.filter((owned) => owned !== resource)
    this.#owned.push(heir)
  }

  /** Must be called when the probe is over, however it ended: frees timer, listener and all that the probe opened. */
  end(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    for (const resource of this.#owned) resource.destroy()
  }

  interrupt(outcome: 'expired' | 'aborted'): void {
    this.#ended ??= outcome
    this.#interrupt?.(this.#ended)
  }

  #onAbort = () => this.interrupt('aborted')
}

/**
 * Timers run before pending I/O. When the prober's own event loop was held up, the answer may have arrived in time and wait in
 * the queue: one more turn of the loop lets it be read before the target is blamed.
 */
function expire(deadline: Deadline): void {
  setImmediate(() => setImmediate(() => deadline.interrupt('expired')))
}
