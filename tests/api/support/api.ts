import { hashApiKey } from '../../../lib/adapters/system/hash-api-key.ts'
import type { ApiScope } from '../../../lib/ports/api-store.ts'
import { TEST_KEYS, type TestStack, testStack } from '../../support/stack.ts'
import { serve } from './serve.ts'

type Route = Record<
  string,
  (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
>

export interface TestApi {
  stack: TestStack
  /** The REST API over a real socket. */
  url: string
  get(path: string, key?: string): Promise<Response>
  post(path: string, body: string, key?: string): Promise<Response>
  /** A key of this project; its text is `key-of-<slug>-<scopes>`. */
  addKey(projectId: string, slug: string, scopes: ApiScope[]): Promise<string>
  addProject(slug: string): Promise<string>
}

/** Points the wiring of this process at a database over HTTP, as in production. Call before anything is wired. */
export function setEnvironment(supabaseUrl: string): void {
  Object.assign(process.env, {
    SUPABASE_URL: supabaseUrl,
    SUPABASE_PUBLISHABLE_KEY: TEST_KEYS.publishableKey,
    SUPABASE_SECRET_KEY: TEST_KEYS.secretKey,
    CRON_SECRET: 'a-cron-secret-for-tests',
    VIGIE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    VIGIE_URL: 'https://vigie.example.com',
    VIGIE_ALLOW_TARGETS: '127.0.0.0/8',
    RATE_LIMIT_MAX: '200',
  })
}

/** Next's own matching, for the handful of routes that the API has. */
async function routes(): Promise<[RegExp, Route][]> {
  const pattern = (path: string) => new RegExp(`^/api/${path}$`)
  return [
    [pattern('health'), await import('../../../app/api/health/route.ts')],
    [pattern('metrics/business'), await import('../../../app/api/metrics/business/route.ts')],
    [/^\/metrics$/, await import('../../../app/metrics/route.ts')],
    [pattern('v1/monitors'), await import('../../../app/api/v1/monitors/route.ts')],
    [pattern('v1/monitors/(?<key>[^/]+)'), await import('../../../app/api/v1/monitors/[key]/route.ts')],
    [pattern('v1/monitors/(?<key>[^/]+)/results'), await import('../../../app/api/v1/monitors/[key]/results/route.ts')],
    [pattern('v1/incidents'), await import('../../../app/api/v1/incidents/route.ts')],
    [pattern('v1/incidents/(?<id>[^/]+)'), await import('../../../app/api/v1/incidents/[id]/route.ts')],
    [pattern('v1/rules'), await import('../../../app/api/v1/rules/route.ts')],
    [pattern('v1/rules/(?<key>[^/]+)'), await import('../../../app/api/v1/rules/[key]/route.ts')],
    [pattern('v1/deployments'), await import('../../../app/api/v1/deployments/route.ts')],
    [pattern('v1/configuration'), await import('../../../app/api/v1/configuration/route.ts')],
    [pattern('v1/configuration/plan'), await import('../../../app/api/v1/configuration/plan/route.ts')],
    [pattern('v1/configuration/apply'), await import('../../../app/api/v1/configuration/apply/route.ts')],
    [pattern('v1/(?<path>.+)'), await import('../../../app/api/v1/[...path]/route.ts')],
  ] as unknown as [RegExp, Route][]
}

export async function testApi(): Promise<TestApi> {
  const stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  const table = await routes()
  const url = await serve(async (request) => {
    const { pathname } = new URL(request.url)
    const [match, route] =
      table.map(([path, found]) => [path.exec(pathname), found] as const).find(([found]) => found) ?? []
    const handle = route?.[request.method]
    if (!match || !handle) return new Response(null, { status: route ? 405 : 404 })
    const params = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text ?? '')])
    return handle(request, { params: Promise.resolve(Object.fromEntries(params)) })
  })
  const ask = (path: string, key: string | undefined, init: RequestInit) =>
    fetch(`${url}${path}`, { ...init, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
  return {
    stack,
    url,
    get: (path, key) => ask(path, key, {}),
    post: (path, body, key) => ask(path, key, { method: 'POST', body }),
    async addKey(projectId, slug, scopes) {
      const key = `key-of-${slug}-${scopes.join('-')}`
      await stack.sql`
        insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by)
        values (${projectId}, ${key}, 'key', ${hashApiKey(key)}, ${scopes}, 'test')`
      return key
    },
    async addProject(slug) {
      const [row] = await stack.sql<{ id: string }[]>`
        insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`
      if (!row) throw new Error('no project')
      return row.id
    },
  }
}
