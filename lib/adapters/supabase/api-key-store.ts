import type { ApiKeyStore, ApiScope } from '../../ports/api-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Needs the service role: who holds a key is nobody to the database yet. */
export function createApiKeyStore(client: Client): ApiKeyStore {
  return {
    async findKey(hash) {
      const row = (await call(client, 'find_api_key', { p_hash: hash })) as KeyRow | null
      if (row === null) return null
      const { id, name, scopes, project_id: projectId, project_slug: projectSlug } = row
      return { id, name, scopes, projectId, projectSlug }
    },

    async setKey(projectId, { name, prefix, hash, scopes }) {
      await call(client, 'set_api_key', {
        p_project_id: projectId,
        p_name: name,
        p_prefix: prefix,
        p_hash: hash,
        p_scopes: scopes,
      })
    },
  }
}

interface KeyRow {
  id: string
  name: string
  project_id: string
  project_slug: string
  scopes: ApiScope[]
}
