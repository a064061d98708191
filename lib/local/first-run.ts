import { yamlSyntax } from '../adapters/configuration/yaml-syntax.ts'
import { createApiKeyStore } from '../adapters/supabase/api-key-store.ts'
import { createConfigurationStore } from '../adapters/supabase/configuration-store.ts'
import { type Client, createSupabaseClient } from '../adapters/supabase/create-client.ts'
import { hashApiKey } from '../adapters/system/hash-api-key.ts'
import { createSecretBox } from '../adapters/system/secret-box.ts'
import { ensureApiKey } from '../commands/configuration/ensure-api-key.ts'
import { applyConfigurationFile } from './apply-configuration-file.ts'
import { keepDemoKey, keepDemoSite, makeDemoKey, readDemoKey } from './demo-key.ts'
import type { RunningData } from './stack.ts'

export interface FirstRunContext extends RunningData {
  dataDirectory: string
  say: (line: string) => void
}

/**
 * What a local installation has in it before anyone signs in: the project of the file that VIGIE_CONFIG names, or one with Vigie itself
 * and a demo target under watch and a mail to the admin. Runs at every start, after the migrations and before the first tick;
 * repeating it changes nothing, and what people changed or deleted stays so. Throws, with the file's errors in words, when the file
 * is wrong: nothing starts half-configured.
 */
export async function firstRun({
  supabaseUrl,
  environment,
  admin,
  dataDirectory,
  say,
}: FirstRunContext): Promise<void> {
  const client = createSupabaseClient(supabaseUrl, environment.SUPABASE_SECRET_KEY ?? '')
  const rpc = async (name: string, args: Record<string, unknown>) => {
    const { data, error } = await client.rpc(name as never, args as never)
    if (error) throw new Error(`the first project could not be made: ${error.message}`)
    return data as unknown
  }
  // The data directory is locked to this process, so any lease in it belongs to one that was killed.
  await rpc('release_leases', {})

  const { VIGIE_CONFIG: path, VIGIE_API_KEY: apiKey } = environment
  const fromFile = path === undefined ? null : await applyFile(client, path, environment)
  if (fromFile?.hasChanged) say(`Applied ${path} to the project ${fromFile.projectSlug}.`)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const made = (await rpc('bootstrap_project', {
    p_user_id: admin.userId,
    p_email: admin.email,
    p_project:
      fromFile === null
        ? { slug: 'demo', name: 'Demo', time_zone: timeZone, locale: 'en' }
        : { slug: fromFile.projectSlug, name: fromFile.projectSlug },
  })) as { id: string }
  // A file says all that there is to watch; without one, a first look needs something to look at.
  if (fromFile === null) {
    const first = seed(environment.VIGIE_URL ?? '', environment.VIGIE_DEMO_URL ?? '', admin.email)
    await rpc('seed_project', { p_project_id: made.id, p_seed: first })
  }
  const deps = { keys: createApiKeyStore(client), hashKey: hashApiKey }
  if (apiKey !== undefined)
    await ensureApiKey(deps, { name: 'VIGIE_API_KEY', key: apiKey, scopes: ['read', 'write', 'ingest'] }, made.id)
  // Once: a key that somebody revoked stays revoked.
  if (fromFile === null && readDemoKey(dataDirectory) === null) {
    const key = makeDemoKey()
    await ensureApiKey(deps, { name: 'Demo application', key, scopes: ['ingest'] }, made.id)
    keepDemoKey(dataDirectory, key)
  }
  if (fromFile === null) {
    const { data } = await client.from('sites').select('public_key').eq('project_id', made.id).maybeSingle()
    if (data !== null) keepDemoSite(dataDirectory, data.public_key)
  }
}

async function applyFile(client: Client, path: string, environment: RunningData['environment']) {
  const secretBox = createSecretBox(environment.VIGIE_SECRET_KEY ?? '')
  const deps = { store: createConfigurationStore(client), secretBox, syntax: yamlSyntax }
  const applied = await applyConfigurationFile(path, deps, environment)
  if (!applied.ok) throw new Error(applied.message)
  return applied
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
