type Rows = readonly (readonly string[])[]

/** Rows as CSV (RFC 4180), to be kept as a file of this name. */
export function csvResponse(name: string, rows: Rows): Response {
  return new Response(toCsv(rows), { headers: headersFor(name) })
}

/** The same of a list that is too long to be held at once: sent in the pieces in which it is read, below its head. */
export function csvStream(name: string, head: readonly string[], pieces: AsyncIterator<Rows>): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(toCsv([head]))),
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(toCsv(value)))
    },
  })
  return new Response(body, { headers: headersFor(name) })
}

function headersFor(name: string): Record<string, string> {
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.csv"`,
    'cache-control': 'private, no-store',
  }
}

function toCsv(rows: Rows): string {
  return rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

/** A cell that begins like a formula is one to a spreadsheet: the quote in front makes it text (OWASP, "CSV Injection"). */
function quote(cell: string): string {
  const harmless = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
