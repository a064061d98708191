import { cache } from 'react'
import { requireProject } from '@/app/_session/project.ts'
import { viewSlos } from '@/lib/queries/slos.ts'

/** The SLO of an address with what it comes to; null when there is none. One read per request. */
export const findSlo = cache(async (slug: string, key: string) => {
  const { people, project, now } = await requireProject(slug)
  const slo = (await people.slos.list(project.id)).find((one) => one.key === key)
  if (slo === undefined) return null
  const [view] = await viewSlos(people.slos, project.id, [slo], now)
  return view ?? null
})
