import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export interface ImportEntry {
  /** As it is written. */
  specifier: string
  /** Path from the root of the project, or null for a package. */
  target: string | null
  isTypeOnly: boolean
}

export interface SourceFile {
  /** From the root of the project, with forward slashes. */
  path: string
  /** Without comments. */
  code: string
  lineCount: number
  imports: ImportEntry[]
}

const SOURCE = /\.(ts|tsx|mts|cts)$/
const IMPORT = /\b(import|export)(\s+type)?\s[^'";()]*?\bfrom\s+'([^'\n]+)'/g
const BARE_IMPORT = /\bimport\s+'([^'\n]+)'/g
const DYNAMIC_IMPORT = /\bimport\(\s*'([^'\n]+)'/g

/** TypeScript files under the folders, with what they import. No parser: TypeScript 7 has none to offer. */
export function readSourceFiles(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => listFiles(join(root, folder))).map((file) => readSourceFile(root, file))
}

function listFiles(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return SOURCE.test(path) ? [path] : []
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'))
    .flatMap((name) => listFiles(join(path, name)))
}

function readSourceFile(root: string, file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  const path = file.slice(root.length + 1).replaceAll('\\', '/')
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
  const entry = (specifier: string, isTypeOnly: boolean): ImportEntry => ({
    specifier,
    target: resolveTarget(path, specifier),
    isTypeOnly,
  })
  const imports = [
    ...[...code.matchAll(IMPORT)].map(([, , type, specifier]) => entry(specifier ?? '', type !== undefined)),
    ...[...code.matchAll(BARE_IMPORT)].map(([, specifier]) => entry(specifier ?? '', false)),
    ...[...code.matchAll(DYNAMIC_IMPORT)].map(([, specifier]) => entry(specifier ?? '', false)),
  ]
  return { path, code, lineCount: text.split('\n').length - 1, imports }
}

function resolveTarget(path: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier)).replaceAll('\\', '/')
  return null
}
