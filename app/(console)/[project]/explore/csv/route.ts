import { csvResponse } from '@/app/_session/csv.ts'
import { requireProject } from '@/app/_session/project.ts'
import { toIso } from '@/lib/domain/time/instant.ts'
import { explore } from '@/lib/queries/explore.ts'
import { readExploreRequest } from '../_request.ts'

/** The lines of a view as CSV (RFC 4180): a row a point of time, a column a line. */
export async function GET(request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { people, project, now } = await requireProject((await props.params).project)
  const query = new URL(request.url).searchParams
  const given = Object.fromEntries(
    [...query.keys()].map((name) => [
      name,
      query.getAll(name).length > 1 ? query.getAll(name) : (query.get(name) ?? undefined),
    ]),
  )
  const { answer, metric, aggregate } = await explore(people.telemetry, project.id, readExploreRequest(given), now)
  const lines = answer?.lines ?? []
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (one, other) => one - other,
  )
  const columns = lines.map(({ points }) => new Map(points.map((point) => [point.at, point.value])))
  const head = ['time', ...lines.map(({ group }) => group.join(' ') || `${aggregate}(${metric?.name ?? ''})`)]
  const rows = times.map((at) => [toIso(at), ...columns.map((values) => String(values.get(at) ?? ''))])
  return csvResponse(`${project.slug}-${metric?.name ?? 'metric'}`, [head, ...rows])
}
