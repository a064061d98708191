import { openDatabase } from './database.ts'
import { eventually } from './eventually.ts'
import { findSamples, type Samples } from './routes.ts'

/** An incident of the shared product that was mailed about: one that is there, or one that is made by breaking the demo target and repairing it. */
export async function makeSureOfAnIncident(dataDirectory: string): Promise<Samples> {
  const sql = openDatabase(dataDirectory)
  try {
    const known = await findSamples(sql).catch(() => null)
    if (known) return known
    const [demo] = await sql<{ url: string }[]>`select config ->> 'url' as url from public.monitors where key = 'demo'`
    const turn = (way: string) => fetch(new URL(`/${way}`, demo?.url), { method: 'POST' })
    await turn('break')
    const samples = await eventually('an incident with a mail', () => findSamples(sql), 60_000)
    await turn('repair')
    return samples
  } finally {
    await sql.end()
  }
}
