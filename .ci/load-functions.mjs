// Loads and calls every root function that `vercel build` made, each in a folder of its own outside of the project, so that
// a file or package that the builder left out is missing here as it would be on Vercel.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const output = '.vercel/output/functions'

/** Function folders below api/, without those of Next, which bring a launcher of their own. */
function listRootFunctions(directory) {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('.func'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((folder) => !folder.slice(0, -'.func'.length).includes('.func'))
    .map((folder) => ({ folder, config: JSON.parse(readFileSync(join(folder, '.vc-config.json'), 'utf8')) }))
    .filter(({ config }) => config.launcherType === 'Nodejs' && config.handler.startsWith('api/'))
}

/** Our own files that are imported and not there, which a lazy import would only show when it runs. */
function findMissingFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && !file.includes('node_modules'))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8')
      const imports = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+\.js)['"]/g)]
      const missing = imports.filter(([, path]) => !existsSync(join(folder, dirname(file), path)))
      return missing.map(([, path]) => `${file} imports ${path}, which was left out`)
    })
}

/** Supabase with nothing in it: every function of the database answers null. */
function startEmptySupabase() {
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('null')
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function unwrap(module) {
  let value = module
  while (value.default && typeof value.default === 'object' && !value.GET && !value.POST && !value.fetch)
    value = value.default
  return value
}

/** What an unauthorised or mistaken call must be answered, by folder. */
function expectation(path) {
  if (path.startsWith('/api/cron/')) return { url: path, status: 401 }
  if (/^\/api\/ingest\/(vercel|railway|github|sentry)$/.test(path)) {
    return { url: `${path}?path=${'0'.repeat(32)}`, method: 'POST', status: 404 }
  }
  // Empty and without a key: that is how Vercel asks whether the address is its owner's.
  if (path === '/api/ingest/logdrain') return { url: path, method: 'POST', status: 404 }
  // Takes no key, and wants a body.
  if (path === '/api/ingest/vitals') return { url: path, method: 'POST', status: 415 }
  if (path.startsWith('/api/ingest/')) return { url: path, method: 'POST', status: 401 }
  // Only the installation itself may have something probed.
  if (path.startsWith('/api/probe/')) return { url: path, method: 'POST', status: 401 }
  if (path.startsWith('/api/ping')) {
    const id = '00000000-0000-4000-8000-000000000000'
    return { url: `/ping/${id}?path=${id}`, status: 404 }
  }
  return { url: path, status: null }
}

async function check({ folder, config }) {
  const path = `/${relative(output, folder)
    .replace(/\.func$/, '')
    .replace(/\/index$/, '')}`
  const isolated = mkdtempSync(join(tmpdir(), 'vigie-func-'))
  try {
    cpSync(folder, isolated, { recursive: true, dereference: true })
    const missing = findMissingFiles(isolated)
    if (missing.length > 0) throw new Error(missing.join('\n'))
    const exported = unwrap(await import(pathToFileURL(join(isolated, config.handler)).href))
    const wanted = expectation(path)
    const method = wanted.method ?? (exported.GET || exported.fetch ? 'GET' : 'POST')
    const handler = exported.fetch ?? exported[method]
    if (typeof handler !== 'function') throw new Error('exports neither GET, POST nor fetch')
    const response = await handler(new Request(new URL(wanted.url, 'http://localhost'), { method }))
    const body = await response.text()
    const isRight = wanted.status === null ? response.status < 500 : response.status === wanted.status
    if (!isRight)
      throw new Error(
        `answered ${response.status} instead of ${wanted.status ?? 'less than 500'}: ${body.slice(0, 500)}`,
      )
    console.log(`✓ ${path} loads and answers ${response.status}`)
    return true
  } catch (error) {
    console.error(`✗ ${path}: ${error.stack ?? error}`)
    return false
  } finally {
    rmSync(isolated, { recursive: true, force: true })
  }
}

// Each function brings its own log, which waits for the end of the process: here they share one.
process.setMaxListeners(0)
const supabase = await startEmptySupabase()
Object.assign(process.env, {
  SUPABASE_URL: `http://127.0.0.1:${supabase.address().port}`,
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_ci',
  SUPABASE_SECRET_KEY: 'sb_secret_ci',
  CRON_SECRET: 'a-secret-of-the-build-check',
  VIGIE_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  VIGIE_URL: 'http://localhost:3000',
})
const functions = listRootFunctions(join(output, 'api'))
const results = []
for (const item of functions) results.push(await check(item))
supabase.close()
if (functions.length === 0) console.error('✗ vercel build made no root function')
process.exit(functions.length > 0 && results.every(Boolean) ? 0 : 1)
