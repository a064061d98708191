import type { FormatFault, TargetFormats } from '../../../ports/target-format.ts'
import type { LineFault } from './line-scanner.ts'
import { createLooseReader } from './loose-reader.ts'
import { createStrictReader } from './strict-reader.ts'

const END = '# EOF'
/** Some 5 ms of reading. */
const LINES_PER_TURN = 500

/**
 * Reads what a `/metrics` address answers, and refuses all of it at the first line that is wrong: Prometheus would keep nothing of it
 * either. Exemplars are checked and passed over.
 */
export const readExposition: TargetFormats['readExposition'] = function* (text, isOpenMetrics) {
  const reader = isOpenMetrics ? createStrictReader() : createLooseReader()
  let at = 0
  let isEnded = false
  let number = 0
  while (at < text.length) {
    number += 1
    if (number % LINES_PER_TURN === 0) yield
    if (isEnded) return refuse(number, { expected: `nothing behind ${END}`, got: text.slice(at, at + 100) })
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
    if (line.endsWith('\r')) return refuse(number, { expected: 'lines that end with a line feed alone', got: 'CR LF' })
    if (isOpenMetrics && line === END) {
      isEnded = true
      continue
    }
    const fault = reader.read(line, number)
    if (fault !== null) return refuse(number, fault)
  }
  if (isOpenMetrics && !isEnded) return refuse(number + 1, { expected: `${END} at the end`, got: 'nothing' })
  const fault = reader.end()
  if (fault !== null) return refuse(fault.line, fault)
  const told = [...reader.families.values()].filter(({ samples }) => samples.length > 0)
  return { ok: true, exposition: { families: told.map(({ name, type, samples }) => ({ name, type, samples })) } }
}

function refuse(line: number, { expected, got }: LineFault): { ok: false; fault: FormatFault } {
  return { ok: false, fault: { subject: `line ${line}`, expected, got } }
}
