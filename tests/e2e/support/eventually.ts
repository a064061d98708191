import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks again and again until the answer is there, and returns it. Undefined, null and false are no answer; so is an error, which is told
 * when time is up.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  withinMs: number,
  everyMs = 250,
): Promise<T> {
  const deadlineAt = Date.now() + withinMs
  let failure = ''
  while (true) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== null && answer !== false) return answer
      failure = ''
    } catch (error) {
      failure = `: ${(error as Error).message}`
    }
    if (Date.now() > deadlineAt) throw new Error(`${what} did not happen within ${withinMs / 1_000} s${failure}`)
    await sleep(everyMs)
  }
}
