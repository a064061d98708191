import { z } from 'zod'
import { DEPLOYMENT_STATUSES, type Deployment } from '../../domain/deployment/deployment.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { DeploymentStore } from '../../ports/deployment-reader.ts'

const text = (length: number) => z.string().trim().max(length, `may have ${length} characters`).default('')
/** Postgres stores neither NUL nor half a character. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u

const schema = z.strictObject({
  id: z.string().trim().min(1, 'must not be empty').max(200, 'may have 200 characters').optional(),
  service: text(200),
  environment: text(100).transform((name) => (name === '' ? 'production' : name.toLowerCase())),
  branch: text(250),
  commit: text(64).refine((sha) => /^([0-9a-f]{4,64})?$/i.test(sha), 'must be a commit in hex'),
  message: text(2_000),
  url: text(2_000).refine(
    (url) => url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
    'must be an address such as https://example.com',
  ),
  status: z
    .enum(DEPLOYMENT_STATUSES, { error: `must be one of ${DEPLOYMENT_STATUSES.join(', ')}` })
    .default('succeeded'),
  at: z.iso.datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-11-20T09:00:00Z' }).optional(),
})

/**
 * Notes a deployment that a script tells. Calls with the same `id` are about the same deployment; without one, each call is a deployment of
 * its own. Absent: the status is `succeeded`, the environment `production`, the time now.
 */
export async function recordDeployment(
  deps: { store: DeploymentStore; newId: () => string },
  projectId: string,
  body: unknown,
  now: Instant,
): Promise<CommandResult<Deployment>> {
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => {
      const field = issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : issue.path.join('.')
      return { field, code: 'invalid', message: issue.code === 'unrecognized_keys' ? 'is not known' : issue.message }
    })
    return { ok: false, errors }
  }
  const { id, message, at, ...facts } = parsed.data
  const broken = Object.entries({ id: id ?? '', message, ...facts }).find(([, value]) => !STORABLE.test(value))
  if (broken !== undefined) {
    return { ok: false, errors: [{ field: broken[0], code: 'invalid', message: 'must be text that can be stored' }] }
  }
  const [commitMessage = ''] = message.split(/\r?\n/, 1)
  const deployment = await deps.store.record(projectId, {
    ...facts,
    commit: facts.commit.toLowerCase(),
    commitMessage: commitMessage.slice(0, 200).replace(/[\ud800-\udbff]$/, ''),
    source: 'api',
    externalId: id ?? deps.newId(),
    // A clock that is ahead of ours must not make a state that nothing later can change.
    at: at === undefined ? now : Math.min(Date.parse(at), now),
    createdAt: null,
  })
  return { ok: true, value: deployment }
}
