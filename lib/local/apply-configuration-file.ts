import { readFile } from 'node:fs/promises'
import { applyFromText } from '../commands/configuration/apply.ts'
import type { ConfigurationDeps } from '../commands/configuration/plan.ts'
import { formatConfigurationError } from '../domain/configuration/issue.ts'
import { hasChanges } from '../domain/configuration/plan.ts'
import { lookUpEnvironment } from './look-up-environment.ts'

export type AppliedFile =
  | { ok: true; projectId: string; projectSlug: string; hasChanged: boolean }
  /** `message` is for the person who started the program: a line an error, with its place in the file. */
  | { ok: false; message: string }

/** VIGIE_CONFIG at start: brings the project that the file names to what it describes, and creates it if need be. */
export async function applyConfigurationFile(
  path: string,
  deps: ConfigurationDeps,
  env: Record<string, string | undefined>,
): Promise<AppliedFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { ok: false, message: `${path} cannot be read: ${(error as Error).message}` }
  }
  const applied = await applyFromText(deps, {
    text,
    lookUp: lookUpEnvironment(env),
    onlySlug: null,
    actor: 'vigie.yaml',
  })
  if (!applied.ok) {
    const lines = applied.errors.map((error) => formatConfigurationError(path, error))
    return { ok: false, message: [...lines, 'Nothing of the file was applied.'].join('\n') }
  }
  const { projectId, plan } = applied
  return { ok: true, projectId, projectSlug: plan.project.slug, hasChanged: hasChanges(plan) }
}
