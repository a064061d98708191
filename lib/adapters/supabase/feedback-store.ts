import { createHash } from 'node:crypto'
import type { FeedbackStore, StoredFeedback } from '../../ports/feedback-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Answers of users in Postgres; needs the service role. */
export function createFeedbackStore(client: Client): FeedbackStore {
  return {
    async findSite(publicKey) {
      const row = (await call(client, 'find_site', { p_public_key: publicKey })) as SiteRow | null
      return row === null ? null : { projectId: row.project_id, allowedOrigins: row.allowed_origins }
    },

    async storeAnswer(projectId, source, { id, at, perceivedSpeed, loadMs, ...answer }) {
      return (await call(client, 'store_feedback', {
        p_project_id: projectId,
        p_answer: {
          ...answer,
          id: idOf(source, id),
          at_ms: at,
          perceived_speed: perceivedSpeed,
          load_ms: loadMs,
          source,
        },
      })) as StoredFeedback
    },

    async prune() {
      await call(client, 'prune_feedback', undefined as never)
    },
  }
}

interface SiteRow {
  project_id: string
  allowed_origins: string[]
}

/** Ids of browsers and servers are kept apart: the key of a site is public, and must not replace what a server said. */
function idOf(source: string, id: string): string {
  return createHash('md5').update(`${source} ${id}`).digest('hex')
}
