import type { SeverityNumber } from './record.ts'

/** OpenTelemetry's ranges of `severityNumber`, by the name of their first. */
export const LEVELS = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const
export type Level = keyof typeof LEVELS
export const LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const satisfies readonly Level[]

/** `ERROR3` is an error, as 17 to 20 all are. */
export function levelOf(severity: SeverityNumber): Level {
  return LEVEL_NAMES.findLast((name) => severity >= LEVELS[name]) ?? 'trace'
}
