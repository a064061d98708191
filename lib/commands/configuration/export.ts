import { toFile } from '../../domain/configuration/export.ts'
import { type ConfigurationDeps, openConfiguration } from './plan.ts'

const SCHEMA_HINT = '# yaml-language-server: $schema=docs/vigie.schema.json'

/** A project as the text of a file, with references in the place of secrets; null when there is no such project. */
export async function exportToText(deps: ConfigurationDeps, slug: string): Promise<string | null> {
  const stored = await deps.store.read(slug)
  if (stored === null) return null
  return `${SCHEMA_HINT}\n${deps.syntax.write(toFile(openConfiguration(stored, deps.secretBox)))}`
}
