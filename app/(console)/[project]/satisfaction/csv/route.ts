import { csvStream } from '@/app/_session/csv.ts'
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
  return csvStream(`${project.slug}-satisfaction`, COLUMNS, rowsOf(readAllAnswers(people.feedback, place, query)))
}

async function* rowsOf(pieces: AsyncIterable<readonly KeptAnswer[]>): AsyncGenerator<string[][]> {
  for await (const answers of pieces) yield answers.map(toRow)
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
