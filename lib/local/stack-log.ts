import pino from 'pino'
import type { Log } from '../ports/log.ts'

export interface StackLog extends Log {
  debug(event: string, fields?: Record<string, unknown>): void
}

/** JSON lines on stderr: stdout is for the few lines that a person reads. */
export function createStackLog(level: string): StackLog {
  const logger = pino({ level, base: { part: 'local' } }, pino.destination({ dest: 2, sync: true }))
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  }
}
