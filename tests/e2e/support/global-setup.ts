import type { TestProject } from 'vitest/node'
import { buildDashboard, isBuildStale } from '../../../lib/local/dashboard-build.ts'
import { ROOT, startVigie } from './vigie.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the product that tests share; those that stop it or count what is in it start their own. */
    vigie: { url: string; dataDirectory: string }
  }
}

/** Vitest global setup: builds the dashboard if its sources are newer than the build, and starts one product. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (isBuildStale(ROOT)) await buildDashboard(ROOT, process.env)
  const vigie = await startVigie()
  project.provide('vigie', { url: vigie.url, dataDirectory: vigie.dataDirectory })
  return () => vigie.remove()
}
