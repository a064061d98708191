import { existsSync, readFileSync } from 'node:fs'
import { text as readStream } from 'node:stream/consumers'
import { yamlSyntax } from '../../adapters/configuration/yaml-syntax.ts'
import { checkConfiguration } from '../../commands/configuration/check.ts'
import { escapeReferences } from '../../domain/configuration/interpolate.ts'
import { type ConfigurationError, formatConfigurationError } from '../../domain/configuration/issue.ts'
import { parseProberEnvironment } from '../../wiring/prober.ts'
import { lookUpEnvironment } from '../look-up-environment.ts'
import { startProberServer } from '../prober-server.ts'
import { type FileArguments, type ProberArguments, parseArguments } from './arguments.ts'
import { type ApiAnswer, type ChangesAnswer, callApi } from './call-api.ts'
import { describeChanges } from './describe-changes.ts'

/** The `vigie` command: configures a running installation over its API. Resolves to the exit status. */
export async function runVigie(given: readonly string[]): Promise<number> {
  // As `npm start` does, so that a key in .env.local serves both.
  for (const name of ['.env.local', '.env']) if (existsSync(name)) process.loadEnvFile(name)
  const parsed = parseArguments(given, process.env)
  if (!parsed.ok) {
    if (parsed.isHelp) say(parsed.message)
    else complain([parsed.message, 'vigie --help says more.'])
    return parsed.isHelp ? 0 : 2
  }
  const { value } = parsed
  if (value.command === 'prober') return runProber(value)
  return value.command === 'export' ? exportProject(value) : sendFile(value, value.command)
}

/** Probes until it is told to end. */
async function runProber({ name, port, host }: ProberArguments): Promise<number> {
  const env = parseProberEnvironment(process.env)
  if (!env.ok) {
    complain(env.errors.map((error) => `${error.name} ${error.message}.`))
    return 1
  }
  try {
    const server = await startProberServer({ name, port, host, env: env.value })
    say(`Probing as ${name} at http://${host}:${server.port}`)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
    })
    await server.stop()
    return 0
  } catch (error) {
    complain([`Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`])
    return 1
  }
}

async function exportProject({ url, key }: FileArguments): Promise<number> {
  const answer = await callApi(url, key, '/api/v1/configuration', null)
  if (!answer.ok) return refuse(answer)
  process.stdout.write(answer.text)
  return 0
}

async function sendFile({ file, url, key }: FileArguments, command: 'plan' | 'apply'): Promise<number> {
  const text = await readText(file)
  if (text === null) {
    complain([`${file}: there is no such file, or it cannot be read.`])
    return 1
  }
  const checked = checkConfiguration(text, yamlSyntax, lookUpEnvironment(process.env))
  if (!checked.ok) return refuseFile(file, checked.errors)
  // Sent as data, with variables filled in here: the server has none of this environment, and must not read values once more.
  const answer = await callApi(
    url,
    key,
    `/api/v1/configuration/${command}`,
    JSON.stringify(escapeReferences(checked.value)),
  )
  if (answer.ok) {
    for (const line of describeChanges(command, JSON.parse(answer.text) as ChangesAnswer)) say(line)
    return 0
  }
  const errors = 'problem' in answer ? (answer.problem.errors ?? []) : []
  if (errors.length === 0) return refuse(answer)
  // Places in what was sent mean nothing to the person: they are looked up in the file.
  return refuseFile(file, checked.place(errors.map(({ path = [], message }) => ({ path, message }))))
}

async function readText(file: string): Promise<string | null> {
  try {
    return file === '-' ? await readStream(process.stdin) : readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function refuseFile(file: string, errors: readonly ConfigurationError[]): number {
  complain([...errors.map((error) => formatConfigurationError(file, error)), 'Nothing was changed.'])
  return 1
}

function refuse(answer: Extract<ApiAnswer, { ok: false }>): number {
  complain(['problem' in answer ? answer.problem.detail : answer.message])
  return 1
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function complain(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`)
}
