export interface Shutdown {
  /** Registers an undoing; the last one registered runs first. */
  add(stop: () => Promise<void>): void
  /** Called as soon as the end has begun. */
  onBegin(announce: () => void): void
  isUnderWay(): boolean
  /** Undoes everything, then exits with the code. */
  run(code: number): Promise<void>
  /** Runs on SIGTERM and SIGINT; a second signal exits at once. */
  listen(source: NodeJS.EventEmitter): void
}

/** Ctrl-C under npm arrives twice: from the terminal and handed on by npm. A person's second one takes longer. */
const SAME_SIGNAL_MS = 500

/** Orderly end of a process, in the reverse order of its start, also when it is asked for before the start is complete. */
export function createShutdown(exit: (code: number) => void): Shutdown {
  const stops: (() => Promise<void>)[] = []
  let startedAt: number | null = null
  const announcements: (() => void)[] = []
  const run = async (code: number): Promise<void> => {
    if (startedAt === null) {
      startedAt = Date.now()
      for (const announce of announcements) announce()
    }
    let result = code
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop()
      } catch (error) {
        process.stderr.write(`While stopping: ${(error as Error).message}\n`)
        result = 1
      }
    }
    exit(result)
  }
  return {
    add: (stop) => {
      // The start went on for a moment after the signal: what it still brought up is undone at once.
      if (startedAt !== null) void stop().catch(() => undefined)
      else stops.push(stop)
    },
    onBegin: (announce) => void announcements.push(announce),
    isUnderWay: () => startedAt !== null,
    run,
    listen: (source) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        source.on(signal, () => {
          if (startedAt === null) void run(0)
          else if (Date.now() - startedAt > SAME_SIGNAL_MS) exit(130)
        })
      }
    },
  }
}
