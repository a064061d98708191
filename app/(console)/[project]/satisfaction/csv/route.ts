import { requireProject } from '@/app/_session/project.ts'
import type { KeptAnswer } from '@/lib/domain/feedback/answer.ts'
import { toIso } from '@/lib/domain/time/instant.ts'
import { readAllAnswers } from '@/lib/queries/satisfaction.ts'
import { readSatisfactionRequest } from '../_request.ts'

const COLUMNS = [
  'answered_at',
  'rating',
  'comment',
  'page',
  'perceived_speed',
  'load_ms',
  'locale',
  'release',
  'environment',
]

/** The answers of a view as CSV (RFC 4180), newest first, sent while they are read. */
export async function GET(request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { people, project, now } = await requireProject((await props.params).project)
  const query = readSatisfactionRequest(Object.fromEntries(new URL(request.url).searchParams))
  const place = { projectId: project.id, timeZone: project.timeZone, now }
  const pieces = readAllAnswers(people.feedback, place, query)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(toCsv([COLUMNS]))),
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(toCsv(value.map(toRow))))
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${project.slug}-satisfaction.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}

function toRow(answer: KeptAnswer): string[] {
  const { answeredAt, rating, comment, page, perceivedSpeed, loadMs, locale, release, environment } = answer
  return [
    toIso(answeredAt),
    String(rating),
    comment,
    page,
    String(perceivedSpeed ?? ''),
    String(loadMs ?? ''),
    locale,
    release,
    environment,
  ]
}

function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

/** A cell that begins like a formula is one to a spreadsheet: the quote in front makes it text (OWASP, "CSV Injection"). */
function quote(cell: string): string {
  const harmless = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
