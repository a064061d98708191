export type JsonReading = { ok: true; value: unknown } | { ok: false; field: string; message: string }

/** JSON, or where it ends to be JSON. */
export function readJson(text: string): JsonReading {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, field: '', message: `is not JSON (${describe(error, text)})` }
  }
}

/** Where the parser stopped. Not its own words, which quote the body: errors are kept and shown to others than the sender. */
function describe(error: unknown, text: string): string {
  if (text.trim() === '') return 'it is empty'
  const position = /at position (\d+)/.exec(String(error))?.[1]
  if (position === undefined) return /end of JSON/i.test(String(error)) ? 'it ends too early' : 'it is written wrong'
  return `it is written wrong at character ${Number(position) + 1}`
}
