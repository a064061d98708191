import { parseArgs } from 'node:util'
import { regionNameSchema } from '../../domain/monitor/schema-regions.ts'

export const USAGE = `Usage: vigie <command> [options]

  vigie plan FILE      say what applying the file would change
  vigie apply FILE     bring the project to what the file describes
  vigie export         print the project as a file
  vigie prober         probe from this machine, as a region of an installation elsewhere

FILE is a vigie.yaml, or - for standard input. \${NAME} in it is filled in from this environment.

Options:
  --url URL   address of the installation (VIGIE_URL, else http://localhost:3000)
  --key KEY   API key of the project with the scope write (VIGIE_API_KEY)
  --name NAME region of the prober, such as paris; its secret is VIGIE_PROBER_SECRET or CRON_SECRET
  --port PORT port of the prober (4100)
  --host HOST address that the prober listens on (127.0.0.1)
  --help      this text

Exit status: 0 done, 1 refused or not reachable, 2 wrong usage.`

export interface FileArguments {
  command: 'plan' | 'apply' | 'export'
  /** Empty for export. */
  file: string
  url: string
  key: string
}

export interface ProberArguments {
  command: 'prober'
  name: string
  port: number
  host: string
}

export type Arguments = FileArguments | ProberArguments

export type ParsedArguments = { ok: true; value: Arguments } | { ok: false; message: string; isHelp: boolean }

type Variables = Record<string, string | undefined>

/** Options win over variables. */
export function parseArguments(given: readonly string[], env: Variables): ParsedArguments {
  const refuse = (message: string) => ({ ok: false as const, message, isHelp: false })
  let parsed: ReturnType<typeof readOptions>
  try {
    parsed = readOptions(given)
  } catch (error) {
    return refuse((error as Error).message)
  }
  const { values, positionals } = parsed
  if (values.help) return { ok: false, message: USAGE, isHelp: true }
  const [command, file, ...rest] = positionals
  if (command === 'prober') return parseProber(values, file)
  if (command !== 'plan' && command !== 'apply' && command !== 'export') {
    return refuse(
      command === undefined ? 'Which command? plan, apply, export or prober.' : `There is no command ${command}.`,
    )
  }
  if (command === 'export' ? file !== undefined : file === undefined || rest.length > 0) {
    return refuse(command === 'export' ? 'vigie export takes no file.' : `vigie ${command} takes one file.`)
  }
  const url = values.url ?? (env.VIGIE_URL || 'http://localhost:3000')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    return refuse('--url must be an address such as http://localhost:3000.')
  const key = values.key ?? env.VIGIE_API_KEY ?? ''
  if (key === '') return refuse('An API key is missing: give it with --key, or set VIGIE_API_KEY.')
  return { ok: true, value: { command, file: file ?? '', url: url.replace(/\/+$/, ''), key } }
}

function parseProber(values: ReturnType<typeof readOptions>['values'], rest: string | undefined): ParsedArguments {
  const refuse = (message: string) => ({ ok: false as const, message, isHelp: false })
  if (rest !== undefined) return refuse('vigie prober takes options only.')
  const name = values.name ?? ''
  if (!regionNameSchema.safeParse(name).success)
    return refuse('--name must be the name of a region, such as paris: lower-case letters, digits and dashes.')
  const port = Number(values.port ?? 4100)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return refuse('--port must be a port number.')
  return { ok: true, value: { command: 'prober', name, port, host: values.host ?? '127.0.0.1' } }
}

function readOptions(given: readonly string[]) {
  return parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      key: { type: 'string' },
      name: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}
