/** Runs that are under way. A failed one ends the tick, but only after the others have finished what they hold. */
export function createWork() {
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  return {
    get size() {
      return running.size
    },
    add(run: Promise<void>) {
      const tracked: Promise<void> = run
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(tracked))
      running.add(tracked)
    },
    throwIfFailed() {
      if (failure !== null) throw failure.error
    },
    async drain() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
export type Work = ReturnType<typeof createWork>
