import type { OwnRoles } from '../../ports/own-roles.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

/** `client` acts as the person who asks. */
export function createOwnRoles(client: Client): OwnRoles {
  return {
    async listOwnRoles(userId) {
      const rows = takeRows(await client.from('memberships').select('role').eq('user_id', userId))
      return rows.map(({ role }) => role)
    },
  }
}
