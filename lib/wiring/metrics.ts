import { createApiStore } from '../adapters/supabase/api-store.ts'
import { createFiguresStore } from '../adapters/supabase/figures-store.ts'
import { wireMachine } from './machine.ts'

/** What the page for Prometheus reads. */
export function wireMetrics() {
  const { client } = wireMachine()
  return {
    monitors: createApiStore(client),
    figures: createFiguresStore(client),
    version: process.env.VERCEL_GIT_COMMIT_SHA?.slice(0, 7) ?? 'local',
  }
}
