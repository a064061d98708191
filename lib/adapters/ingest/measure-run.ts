import type { Measured } from '../../domain/log/record.ts'
import { NAME_LENGTH_MAX } from './limits.ts'
import { toDurationMs } from './measure-request.ts'
import { toPlainText } from './plain-text.ts'
import { readJson } from './read-json.ts'
import { cutText } from './text.ts'

export type MeasuredRun = Extract<Measured, { kind: 'function' }>

const FAILED = /^(error|failed|failure|fail|timeout|crashed)$/i
/** Longer messages are not looked into: a line about a run has some hundred characters. */
const MESSAGE_LENGTH_MAX = 4_096

/**
 * A run of a function, when a line is of the kind `{"type": "metric" | "error", "function", "duration", "status", "error"}` and names it.
 * The duration is in milliseconds.
 */
export function measureRun(line: ReadonlyMap<string, unknown>): MeasuredRun | null {
  const [type, name, status, duration] = ['type', 'function', 'status', 'duration'].map((key) => line.get(key))
  if ((type !== 'metric' && type !== 'error') || typeof name !== 'string' || name === '') return null
  const failed = type === 'error' || (typeof status === 'string' && FAILED.test(status))
  const durationMs = typeof duration === 'number' || typeof duration === 'string' ? toDurationMs(duration) : null
  return { kind: 'function', name: cutText(toPlainText(name), NAME_LENGTH_MAX), failed, durationMs }
}

/** The same of a line that a function printed as JSON and something else passed on as its message. */
export function measureMessage(message: string): MeasuredRun | null {
  const text = message.length > MESSAGE_LENGTH_MAX ? '' : message.trim()
  if (!text.startsWith('{') || !text.endsWith('}') || !text.includes('"function"')) return null
  const json = readJson(text)
  const isObject = json.ok && typeof json.value === 'object' && json.value !== null
  return isObject ? measureRun(new Map(Object.entries(json.value as object))) : null
}
