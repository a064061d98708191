import { mintSecret } from '../adapters/system/mint-secret.ts'
import { wireMachine } from './machine.ts'

/** What making a connection to a platform needs besides the person's own client: sealing, chance, and where we are reached. */
export function wireConnecting() {
  const { env, secretBox } = wireMachine()
  return { url: env.url, secretBox, mintSecret }
}
