import type { Locale } from '../lib/domain/time/locale.ts'

type Namespace = Record<string, unknown>

/**
 * Every `messages/<locale>/<namespace>.json`, one file a page: adding a page is adding its two files. The bundler resolves
 * the pattern at build time, so that no file is looked for at run time and none can be missing from a deployment.
 */
const FILES = import.meta.glob<Namespace>('../messages/*/*.json', { eager: true, import: 'default' })

/** The texts of one language, keyed by namespace. */
export function messagesOf(locale: Locale): Record<string, Namespace> {
  const found: Record<string, Namespace> = {}
  for (const [path, texts] of Object.entries(FILES)) {
    const [, fileLocale, namespace] = /\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
    if (fileLocale === locale && namespace) found[namespace] = texts
  }
  return found
}
