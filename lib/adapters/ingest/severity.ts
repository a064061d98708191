import type { SeverityNumber } from '../../domain/log/record.ts'

const INFO = 9

/** The lowest number of each range in OpenTelemetry's log data model; the words are those of common loggers and of syslog. */
const BY_WORD = new Map<string, SeverityNumber>([
  ...['trace', 'silly', 'finest'].map((word) => [word, 1] as const),
  ...['debug', 'verbose', 'fine'].map((word) => [word, 5] as const),
  ...['info', 'information', 'informational', 'log', 'http', 'success'].map((word) => [word, INFO] as const),
  ['notice', 10],
  ...['warn', 'warning'].map((word) => [word, 13] as const),
  ...['error', 'err', 'severe', 'exception'].map((word) => [word, 17] as const),
  ...['fatal', 'critical', 'crit', 'alert', 'emerg', 'emergency', 'panic'].map((word) => [word, 21] as const),
])

/** `Warning` → 13; null for a word that says no severity. */
export function severityOfWord(word: string): SeverityNumber | null {
  return BY_WORD.get(word.trim().toLowerCase()) ?? null
}

/** The numbers of pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal; their like in between. */
export function severityOfNumber(level: number): SeverityNumber | null {
  if (!(level >= 10 && level <= 69)) return null
  return [1, 5, INFO, 13, 17, 21][Math.floor(level / 10) - 1] ?? null
}

/** Lines without a level are neither good nor bad news. */
export const SEVERITY_UNKNOWN: SeverityNumber = INFO
