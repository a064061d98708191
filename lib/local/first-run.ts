import { createSupabaseClient } from '../adapters/supabase/create-client.ts'
import type { RunningData } from './stack.ts'

export interface FirstRunContext extends RunningData {
  say: (line: string) => void
}

/**
 * What a local installation has in it before anyone signs in: a project that belongs to the first admin, with Vigie itself and a demo
 * target under watch and a mail to the admin. Runs at every start, after the migrations and before the first tick; repeating it
 * changes nothing, and what people changed or deleted stays so.
 */
export async function firstRun({ supabaseUrl, environment, admin }: FirstRunContext): Promise<void> {
  const client = createSupabaseClient(supabaseUrl, environment.SUPABASE_SECRET_KEY ?? '')
  const rpc = async (name: string, args: Record<string, unknown>) => {
    const { data, error } = await client.rpc(name as never, args as never)
    if (error) throw new Error(`the first project could not be made: ${error.message}`)
    return data as unknown
  }
  // The data directory is locked to this process, so any lease in it belongs to one that was killed.
  await rpc('release_leases', {})
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const project = { slug: 'demo', name: 'Demo', time_zone: timeZone, locale: 'en' }
  const made = (await rpc('bootstrap_project', {
    p_user_id: admin.userId,
    p_email: admin.email,
    p_project: project,
  })) as { id: string }
  await rpc('seed_project', {
    p_project_id: made.id,
    p_seed: seed(environment.VIGIE_URL ?? '', environment.VIGIE_DEMO_URL ?? '', admin.email),
  })
}

function seed(url: string, demoUrl: string, email: string) {
  const http = (target: string) => ({
    url: target,
    method: 'GET',
    headers: {},
    redirects: { follow: true, max: 5 },
    maxBodyBytes: 1_048_576,
    verifyTls: true,
    expect: { status: ['2xx'], json: [], headers: [], healthBody: true, certificateDays: 14 },
  })
  const monitor = (key: string, name: string, target: string, severity: string) => ({
    key,
    name,
    kind: 'http',
    config: http(target),
    interval_seconds: 10,
    timeout_ms: 5_000,
    severity,
    confirm_failures: 2,
    confirm_successes: 2,
    tags: [],
    group_name: '',
    runbook_url: '',
    notify_channel_ids: [],
  })
  return {
    channels: [
      { key: 'admin', kind: 'email', name: 'E-mail to the admin', config: { to: [email] }, min_severity: null },
    ],
    monitors: [
      monitor('vigie', 'Vigie itself', `${url}/api/health`, 'high'),
      monitor('demo', 'Demo target', `${demoUrl}/health`, 'critical'),
    ],
  }
}
