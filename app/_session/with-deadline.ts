/** How long a page waits for the auth service. Its client would retry a refused connection for half a minute. */
const DEADLINE_MS = 5_000

/** The answer, or a rejection that says what did not answer in time. */
export async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the auth service did not answer within ${DEADLINE_MS} ms`)), DEADLINE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
