import type { MonitorSecretReader } from '../../ports/monitor-secrets.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

/** `client` holds the secret key: no signed-in role reads this table. */
export function createMonitorSecretReader(client: Client): MonitorSecretReader {
  return {
    async findCiphertext(monitorId) {
      const rows = client.from('monitor_secrets').select('ciphertext').eq('monitor_id', monitorId).limit(1)
      return takeRows(await rows)[0]?.ciphertext ?? null
    },
  }
}
