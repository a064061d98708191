import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { compilePathPattern, type PathMatcher } from './path-pattern.ts'
import type { VercelConfig } from './vercel-config.ts'

export interface FunctionMatch {
  file: string
  /** What the function sees: the path that was asked for, with the parameters of rewrite and file name in the query. */
  url: URL
}

export type FunctionRouter = (url: URL) => FunctionMatch | null

interface FunctionRoute {
  file: string
  match: PathMatcher
  isDynamic: boolean
}

/**
 * Finds the function for an address the way Vercel does: every file under `api/` is one, unless it or a folder of its path
 * starts with `_` or `.`; `[id]` in a name takes any segment and puts it into the query; rewrites of vercel.json that lead
 * to /api come after the files. The folder is read when the router is made.
 */
export function createFunctionRouter(root: string, rewrites: VercelConfig['rewrites']): FunctionRouter {
  const routes = listFunctionFiles(join(root, 'api')).map((file) => toRoute(root, file))
  routes.sort((one, other) => Number(one.isDynamic) - Number(other.isDynamic))
  const rewriters = rewrites
    .filter((rewrite) => rewrite.destination.startsWith('/api/'))
    .map((rewrite) => ({ match: compilePathPattern(rewrite.source), destination: rewrite.destination }))

  const findFile = (path: string, url: URL): FunctionMatch | null => {
    for (const route of routes) {
      const parameters = route.match(path)
      if (parameters) return { file: route.file, url: withQuery(url, parameters) }
    }
    return null
  }
  return (url) => {
    const direct = findFile(url.pathname, url)
    if (direct) return direct
    for (const { match, destination } of rewriters) {
      const parameters = match(url.pathname)
      if (!parameters) continue
      const target = new URL(fill(destination, parameters), url)
      const found = findFile(target.pathname, withQuery(url, Object.fromEntries(target.searchParams)))
      if (found) return found
    }
    return null
  }
}

function listFunctionFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (/^[_.]/.test(entry.name)) return []
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFunctionFiles(path)
    return /\.(js|mjs|ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

function toRoute(root: string, file: string): FunctionRoute {
  const path = `/${relative(root, file).split(sep).join('/')}`.replace(/\.\w+$/, '').replace(/\/index$/, '')
  return {
    file,
    match: compilePathPattern(path.replace(/\[(\w+)\]/g, ':$1')),
    isDynamic: path.includes('['),
  }
}

function fill(destination: string, parameters: Record<string, string>): string {
  return destination.replace(/:(\w+)[*+?]?/g, (whole, name: string) =>
    name in parameters ? encodeURIComponent(parameters[name] ?? '') : whole,
  )
}

function withQuery(url: URL, parameters: Record<string, string>): URL {
  const extended = new URL(url)
  for (const [name, value] of Object.entries(parameters)) extended.searchParams.set(name, value)
  return extended
}
