import type { Client } from '../adapters/supabase/create-client.ts'
import { createMaintenanceStore } from '../adapters/supabase/maintenance-store.ts'
import { createMuteCommands } from '../adapters/supabase/mute-commands.ts'
import { createMuteReader } from '../adapters/supabase/mute-reader.ts'
import { planMaintenance } from '../tasks/plan-maintenance.ts'
import { wireMachine } from './machine.ts'

/** Silences and maintenance in the name of the signed-in person. */
export function wireMuting(client: Client) {
  return { mutes: createMuteReader(client), muteCommands: createMuteCommands(client) }
}

/** The hour's share: recurring maintenance stays known months ahead. */
export function keepMaintenancePlanned(): Promise<number> {
  const { client, clock, log } = wireMachine()
  return planMaintenance({ maintenance: createMaintenanceStore(client), clock, log })
}
