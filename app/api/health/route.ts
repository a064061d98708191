import { readHealth } from '@/lib/queries/api/health.ts'
import { wireHealth } from '@/lib/wiring/api.ts'
import { requestIdOf } from '../v1/_http/request-id.ts'

/** How the installation is; open to anybody, so that it says no more than words. 503 when it watches nothing. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestIdOf(request) }
  try {
    const { httpStatus, body } = await readHealth(wireHealth(), Date.now())
    return Response.json(body, { status: httpStatus, headers })
  } catch (error) {
    // An incomplete environment. Which variables, the log and the set-up page say, not the public.
    console.error(JSON.stringify({ level: 'error', event: 'health_failed', error: String(error) }))
    const body = { status: 'unhealthy', timestamp: new Date().toISOString(), checks: { configuration: 'error' } }
    return Response.json(body, { status: 503, headers })
  }
}
