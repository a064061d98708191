import type { Integration } from '../domain/deployment/integration.ts'

/** Reads connections as the signed-in person may see them. */
export interface IntegrationReader {
  /** In the order in which they were made; empty for those who may not see them. */
  list(projectId: string): Promise<Integration[]>
}
