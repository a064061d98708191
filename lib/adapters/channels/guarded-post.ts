import type { Cause } from '../../domain/probe/outcome.ts'
import type { HttpPost } from './http-post.ts'

/** The part of the guarded HTTP client (`createGuardedRequest`) that channels need; adapters do not import each other, so it is handed in. */
export type GuardedPostRequest = (request: {
  url: string
  method: 'POST'
  headers: Record<string, string>
  body: string
  timeoutMs: number
}) => Promise<
  | { statusCode: number; headers: Record<string, string | string[] | undefined>; body: string }
  | { failed: true; cause: Cause; message: string; sent: boolean }
>

/** POST to addresses that members of a project type in: private, loopback and metadata targets are refused at connect time. */
export function createGuardedPost(request: GuardedPostRequest): HttpPost {
  return async (post) => {
    const answer = await request({ ...post, method: 'POST' })
    if (!('failed' in answer)) return { ok: true, ...answer }
    const { cause, message, sent } = answer
    return { ok: false, cause, message, sent }
  }
}
