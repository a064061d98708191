/**
 * Calls back once when the process that started us is gone. npm runs scripts through a shell that takes SIGTERM for
 * itself and leaves us behind, so that ending `npm start` would otherwise end nothing. Returns the way to stop watching.
 */
export function watchForOrphaning(onOrphaned: () => void, everyMs = 250): () => void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onOrphaned()
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
