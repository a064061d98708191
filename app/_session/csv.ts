/** Rows as CSV (RFC 4180), to be kept as a file of this name. */
export function csvResponse(name: string, rows: readonly (readonly string[])[]): Response {
  const text = rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('')
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}

/** A cell that begins like a formula is one to a spreadsheet: the quote in front makes it text (OWASP, "CSV Injection"). */
function quote(cell: string): string {
  const harmless = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
