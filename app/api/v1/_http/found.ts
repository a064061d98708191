import { problem } from './problem.ts'

/** 200 with what was found, or 404 that says what there is none of. */
export function answerFound(value: unknown, missing: string): Response {
  return value === null ? problem(404, { detail: missing }) : Response.json(value)
}
