import { createDeploymentReader, createDeploymentStore } from '../adapters/supabase/deployment-reader.ts'
import { wireMachine } from './machine.ts'

/** What the REST API of deployments works with; whoever calls it has shown a key of the project. */
export function wireDeployments() {
  const { client, random } = wireMachine()
  return {
    reader: createDeploymentReader(client),
    store: createDeploymentStore(client),
    newId: () => random.uuid(),
  }
}
