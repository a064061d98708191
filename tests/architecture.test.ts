import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readSourceFiles, type SourceFile } from './support/source-files.ts'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const FILES = readSourceFiles(ROOT, ['lib', 'api', 'app', 'i18n', 'proxy.ts'])

/** The flow of the product. A step imports itself and earlier ones. */
const STEPS = [
  'time',
  'monitor',
  'probe',
  'series',
  'log',
  'deployment',
  'vital',
  'feedback',
  'database',
  'kpi',
  'rollup',
  'slo',
  'rule',
  'pack',
  'mute',
  'alert',
  'incident',
  'notification',
  'delivery',
  'report',
  'configuration',
]

interface Layer {
  name: string
  /** Which files belong to it. The first layer that matches has the file. */
  files: RegExp
  /** What else of the project it may import; its own files always. */
  may: RegExp[]
  /** What it may know by type alone. */
  mayKnow?: RegExp[]
  /** Packages that it may import; all of them when absent. */
  packages?: RegExp[]
}

const DOMAIN = /^lib\/domain\//
const PORTS = /^lib\/ports\//
const WIRING = /^lib\/wiring\//
/** Texts are data that belong to no layer. */
const TEXTS = /^(messages|i18n)\//

const LAYERS: Layer[] = [
  ...STEPS.map((step, index) => ({
    name: `domain/${step}`,
    files: new RegExp(`^lib/domain/${step}/`),
    may: STEPS.slice(0, index).map((earlier) => new RegExp(`^lib/domain/${earlier}/`)),
    packages: [/^zod$/, /^croner$/],
  })),
  { name: 'ports', files: PORTS, may: [DOMAIN], packages: [] },
  { name: 'tasks', files: /^lib\/tasks\//, may: [DOMAIN, PORTS], packages: [] },
  { name: 'commands', files: /^lib\/commands\//, may: [DOMAIN, PORTS], packages: [/^zod$/] },
  { name: 'queries', files: /^lib\/queries\//, may: [DOMAIN, PORTS], packages: [] },
  ...['channels', 'configuration', 'ingest', 'net', 'openslo', 'report', 'supabase', 'system'].map((adapter) => ({
    name: `adapters/${adapter}`,
    files: new RegExp(`^lib/adapters/${adapter}/`),
    may: [DOMAIN, PORTS],
  })),
  // The local stack stands in for Vercel and Supabase, so it puts everything together, as wiring does.
  { name: 'local', files: /^lib\/local\//, may: [/^lib\//] },
  { name: 'wiring', files: /^lib\/(wiring\/|[a-z-]+\.tsx?$)/, may: [/^lib\/(?!local\/)/] },
  {
    name: 'functions',
    files: /^api\//,
    may: [WIRING, /^lib\/tasks\//, /^lib\/wiring\/traced-templates\.ts$/],
    mayKnow: [PORTS, DOMAIN],
  },
  {
    name: 'components',
    files: /^app\/_components\//,
    may: [DOMAIN, TEXTS, /^app\/_session\//],
    packages: [/^react/, /^next/, /^lucide/, /^uplot/],
  },
  {
    name: 'pages',
    files: /^(app\/|proxy\.ts$)/,
    // Ports name what commands and queries answer.
    may: [DOMAIN, PORTS, TEXTS, WIRING, /^lib\/(commands|queries)\//, /^app\//],
    mayKnow: [/^lib\/adapters\/supabase\/create-client\.ts$/],
  },
  { name: 'languages', files: /^i18n\//, may: [TEXTS, DOMAIN, /^app\/_session\//] },
]

function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.test(path))
}

function illegalImports(file: SourceFile, layer: Layer): string[] {
  return file.imports
    .filter(({ specifier, target, isTypeOnly }) => {
      if (target === null) {
        return layer.packages !== undefined && !layer.packages.some((allowed) => allowed.test(specifier))
      }
      const allowed = [layer.files, ...layer.may, ...(isTypeOnly ? (layer.mayKnow ?? []) : [])]
      return !allowed.some((pattern) => pattern.test(target))
    })
    .map(({ specifier }) => `${file.path} imports ${specifier}`)
}

function within(folder: string): SourceFile[] {
  return FILES.filter(({ path }) => path.startsWith(folder))
}

/** `file: what was found`, for each file in which a pattern occurs. */
function occurrences(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([found]) => `${path}: ${found}`))
}

test('the source was found, so that the rules below mean something', () => {
  expect(FILES.length).toBeGreaterThan(200)
  expect(FILES.flatMap(({ imports }) => imports).length).toBeGreaterThan(600)
})

test('every file belongs to a layer', () => {
  expect(FILES.filter(({ path }) => layerOf(path) === undefined).map(({ path }) => path)).toEqual([])
})

describe('what a layer may import', () => {
  test.each(LAYERS.map((layer) => [layer.name, layer] as const))('%s', (_name, layer) => {
    const files = FILES.filter(({ path }) => layerOf(path) === layer)
    expect(files.flatMap((file) => illegalImports(file, layer))).toEqual([])
  })
})

describe('the domain is pure', () => {
  const domain = [...within('lib/domain/'), ...within('lib/ports/')]
  test('it knows no clock, no chance, no environment and no network', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\b\.|\bperformance\.now\b|\bset(Timeout|Interval|Immediate)\b|\bfetch\(|\bcrypto\b\.|\bconsole\b\./g
    expect(occurrences(domain, impure)).toEqual([])
  })
  test('zod stands in files that describe configuration, croner in the one that reads cron expressions', () => {
    const users = (name: string) =>
      domain.filter(({ imports }) => imports.some(({ specifier }) => specifier === name)).map(({ path }) => path)
    expect(users('zod').filter((path) => !/\/(config|channel|schema(-[a-z]+)?)\.ts$/.test(path))).toEqual([])
    expect(users('croner').filter((path) => path !== 'lib/domain/time/cron.ts')).toEqual([])
  })
})

describe('how files are written', () => {
  test('lib and api import by relative path with the extension: nothing else survives a build of root functions', () => {
    // It exists for its imports without an extension, and is never called.
    const files = [...within('lib/'), ...within('api/')].filter(({ path }) => path !== 'lib/wiring/traced-templates.ts')
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ specifier, target }) =>
            target !== null && (specifier.startsWith('@/') || !/\.(tsx?|json|mjs|cjs)$/.test(specifier)),
        )
        .map(({ specifier }) => `${path} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })
  test('the environment is read where things are put together, and nowhere else', () => {
    const readers = FILES.filter(({ code }) => /\bprocess\.env\b/.test(code)).map(({ path }) => path)
    expect(readers.filter((path) => !WIRING.test(path) && !path.startsWith('lib/local/'))).toEqual([])
  })
  test('no folder and no file has a name that says nothing', () => {
    const vague = /(^|[/.-])(utils?|helpers?|common|managers?|services?|misc)([/.-]|$)/
    expect(FILES.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([])
  })
  test('no file only passes on what others export', () => {
    const barrels = FILES.filter(
      ({ code }) =>
        code.trim() !== '' && code.replace(/export\s+(type\s+)?(\*|\{[^}]*\})\s*from\s*'[^']+';?/g, '').trim() === '',
    )
    // Next asks for a file of its own for each boundary of a page.
    expect(barrels.map(({ path }) => path).filter((path) => !path.startsWith('app/'))).toEqual([])
  })
  test('no file is longer than 300 lines', () => {
    const generated = ['lib/adapters/supabase/database.types.ts']
    expect(
      FILES.filter(({ path, lineCount }) => lineCount > 300 && !generated.includes(path)).map(({ path }) => path),
    ).toEqual([])
  })
  test('lib exports by name', () => {
    expect(occurrences(within('lib/'), /\bexport default\b/g)).toEqual([])
  })
  test('nothing is left to do, and nothing is switched off to please the compiler', () => {
    expect(occurrences(FILES, /@ts-(ignore|expect-error|nocheck)|\bas any\b|:\s*any\b/g)).toEqual([])
  })
})
