import type { CommandResult, FieldError } from '../../ports/command-result.ts'
import type { SiteCommands } from '../../ports/site-commands.ts'

const ORIGINS_MAX = 20

/** Sets from which origins pages may send measurements; none means any. A full address is taken for its origin. */
export async function saveSite(
  commands: SiteCommands,
  projectId: string,
  draft: { allowedOrigins: readonly string[] },
): Promise<CommandResult> {
  const read = draft.allowedOrigins.map((given) => ({ given, origin: originOf(given) }))
  const errors = read.flatMap(({ given, origin }): FieldError[] =>
    origin === null
      ? [{ field: 'allowedOrigins', code: 'invalid', message: 'must be like https://shop.example.com', given }]
      : [],
  )
  if (read.length > ORIGINS_MAX) {
    errors.push({ field: 'allowedOrigins', code: 'too_many', message: `must be at most ${ORIGINS_MAX}` })
  }
  if (errors.length > 0) return { ok: false, errors: errors.slice(0, 1) }
  return commands.saveSite(projectId, [...new Set(read.flatMap(({ origin }) => origin ?? []))])
}

/** `https://shop.example.com/path` is `https://shop.example.com`; null for what browsers never send as an origin. */
function originOf(text: string): string | null {
  if (text.length > 200 || !URL.canParse(text)) return null
  const { protocol, origin } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? origin : null
}
