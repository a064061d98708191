import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { ErrorCollection, ErrorCollectionClaim, ErrorCollectionStore } from '../../ports/error-collection-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'

/** Needs the service role. */
export function createErrorCollectionStore(client: Client): ErrorCollectionStore {
  return {
    async claim(limit) {
      const answer = (await call(client, 'claim_error_collections', { p_limit: limit })) as {
        now: string
        claims: ClaimRow[]
      }
      return { now: fromIso(answer.now), claims: answer.claims.map(toClaim) }
    },
    async finish(claim, collection) {
      return Boolean(
        await call(client, 'finish_error_collection', {
          p_integration_id: claim.id,
          p_token: claim.token,
          p_result: resultJson(claim, collection) as never,
        }),
      )
    },
  }
}

interface ClaimRow {
  id: string
  token: number
  ciphertext: string
  organization: string
  project: string
  collected_until: string | null
}

function toClaim(row: ClaimRow): ErrorCollectionClaim {
  const { id, token, organization, project, ciphertext } = row
  return {
    ...{ id, token, organization, project },
    tokenCiphertext: ciphertext,
    collectedUntil: toInstant(row.collected_until),
  }
}

function resultJson({ id }: ErrorCollectionClaim, collection: ErrorCollection): Record<string, unknown> {
  if ('error' in collection) return collection
  const until = toIso(collection.collectedUntil)
  return {
    collected_until: until,
    digest: `errors of ${id} until ${until}`,
    series: [collection.series],
    at: collection.samples.map(({ at }) => at),
    values: collection.samples.map(({ value }) => value),
  }
}
