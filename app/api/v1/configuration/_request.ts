import type { ConfigurationRequest } from '@/lib/commands/configuration/plan.ts'
import { type ConfigurationError, formatPath } from '@/lib/domain/configuration/issue.ts'
import type { ConfigurationChange } from '@/lib/domain/configuration/plan.ts'
import type { ApiContext } from '../_http/api-route.ts'
import { problem, refuseFields } from '../_http/problem.ts'

/** Thousands of monitors fit; more is no configuration that a person wrote. */
const MAX_BYTES = 1_048_576

/**
 * The file in a request, which may configure the project of its key and no other. The server's own environment is not for whoever sends
 * a file, so that variables must be filled in before, as `vigie apply` does.
 */
export async function readConfigurationRequest({ request, key }: ApiContext): Promise<ConfigurationRequest | Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > MAX_BYTES) return problem(413, { detail: 'A configuration may have 1 MB at most.' })
  const message =
    'cannot be filled in by the server: apply the file with the vigie command, or write $${ for a literal ${'
  return {
    text: new TextDecoder().decode(body),
    lookUp: () => ({ ok: false, message }),
    onlySlug: key.projectSlug,
  }
}

/** 422 with the place of every error in the text that was sent. */
export function refuseConfiguration(errors: readonly ConfigurationError[]): Response {
  return refuseFields(
    errors.map(({ path, line, column, message }) => ({ field: formatPath(path), message, path, line, column })),
  )
}

/** What is created, updated, deleted and left to people, without what stays, and how many of each. */
export function changesJson(changes: readonly ConfigurationChange[]) {
  const count = (op: ConfigurationChange['op']) => changes.filter((change) => change.op === op).length
  return {
    changes: changes.filter(({ op }) => op !== 'unchanged'),
    summary: {
      create: count('create'),
      update: count('update'),
      delete: count('delete'),
      release: count('release'),
      unchanged: count('unchanged'),
    },
  }
}
