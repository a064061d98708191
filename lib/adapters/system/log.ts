import { pino } from 'pino'
import type { Log } from '../../ports/log.ts'

/** Structured JSON on stdout, one line an event. Fields that could hold a secret are cut out even if a caller passes them. */
export function createLog(level: string, base: Record<string, unknown> = {}): Log {
  const logger = pino({
    level,
    base,
    messageKey: 'event',
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        'authorization',
        'password',
        'token',
        'secret',
        'secrets',
        '*.authorization',
        '*.password',
        '*.token',
        '*.secret',
      ],
      remove: true,
    },
  })
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  }
}
