import { readJson } from '../read-json.ts'

/** One object of a body, with the place that errors name: `line 4: `, `[3].`, or nothing for the only one. */
export type LineReading = { path: string } & ({ ok: true; value: unknown } | { ok: false; message: string })

/**
 * The objects of a body: one, a list of them, or one a line (JSON lines). A body that is no JSON as a whole is read line by line when its
 * first line is an object of its own; otherwise the fault of the whole is told, since lines would only hide it.
 */
export function readLines(text: string): { ok: true; lines: LineReading[] } | { ok: false; message: string } {
  const whole = readJson(text)
  if (whole.ok) {
    const { value } = whole
    if (!Array.isArray(value)) return { ok: true, lines: [{ path: '', ok: true, value }] }
    const items: unknown[] = value
    return { ok: true, lines: items.map((item, index) => ({ path: `[${index}]`, ok: true, value: item })) }
  }
  const lines = text.split('\n').flatMap((line, index): LineReading[] => {
    if (line.trim() === '') return []
    const path = `line ${index + 1}: `
    const read = readJson(line)
    return read.ok ? [{ path, ok: true, value: read.value }] : [{ path, ok: false, message: read.message }]
  })
  const [first] = lines
  return lines.length > 1 && first?.ok ? { ok: true, lines } : { ok: false, message: whole.message }
}
