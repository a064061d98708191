import type { Cause } from '../../domain/probe/outcome.ts'

export interface HttpPostRequest {
  url: string
  headers: Record<string, string>
  body: string
  /** Bounds the whole exchange, body included. */
  timeoutMs: number
}

export type HttpPostResponse =
  | { ok: true; statusCode: number; headers: Record<string, string | string[] | undefined>; body: string }
  /** `sent`: the other side may have taken the request although no answer came. When absent, the cause decides. */
  | { ok: false; cause: Cause; message: string; sent?: boolean | undefined }

/**
 * Sends one POST, follows no redirect, never rejects on account of the other side. Two are in use: a guarded one for addresses that
 * people type in (`createGuardedPost`), which refuses private targets, and `createTrustedPost` for those that the operator sets in the environment.
 */
export type HttpPost = (request: HttpPostRequest) => Promise<HttpPostResponse>
