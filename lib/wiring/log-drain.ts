import { vercelDrain } from '../adapters/ingest/vercel/formats.ts'
import { isSignedByVercel } from '../adapters/ingest/vercel/signature.ts'
import type { Client } from '../adapters/supabase/create-client.ts'
import { createLogDrainCommands, createLogDrainReader, createLogDrainStore } from '../adapters/supabase/log-drains.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import { wireIngest } from './ingest.ts'
import { wireMachine } from './machine.ts'

export const logDrainFormat = vercelDrain

/** What the address of the log drain works with. */
export function wireLogDrain() {
  const { client, secretBox } = wireMachine()
  return {
    ...wireIngest(),
    drains: createLogDrainStore(client),
    openSecret: (ciphertext: string) => openDrainSecret(secretBox, ciphertext),
    isSigned: isSignedByVercel,
  }
}

/** What the page of the log drain works with: reading and changing in the person's own name, sealing in the machine's. */
export function wireLogDrainSettings(client: Client) {
  const { env, secretBox } = wireMachine()
  return {
    url: env.url,
    secretBox,
    reader: createLogDrainReader(client),
    commands: createLogDrainCommands(client),
  }
}

/** As `saveLogDrain` sealed it. */
function openDrainSecret(secretBox: SecretBox, ciphertext: string): string {
  const { secret } = secretBox.open(ciphertext) as { secret: string }
  return secret
}
