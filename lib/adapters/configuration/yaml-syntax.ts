import { Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import type { ConfigurationError, ConfigurationPath } from '../../domain/configuration/issue.ts'
import type { ConfigurationSyntax, Place } from '../../ports/configuration-syntax.ts'

/** Anchors may be used so often: enough for any file that a person wrote, too little for one that unfolds to gigabytes. */
const MAX_ALIASES = 1_000
/** After a wrong bracket the parser finds one fault after the other: the first ones tell. */
const MAX_PROBLEMS = 5

/** YAML 1.2 with anchors and merge keys (`<<`), which spare repetition in long files. JSON is a part of it. */
export const yamlSyntax: ConfigurationSyntax = {
  read(text) {
    const lines = new LineCounter()
    try {
      const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true })
      const document = Array.isArray(documents) && documents.length > 0 ? documents[0] : new Document(null)
      if (document === undefined) throw new Error('no document')
      if (Array.isArray(documents) && documents.length > 1) {
        return refuse('holds more than one document: only one is read', placeOf(documents[1]?.range[0], lines))
      }
      const problems = [...document.errors, ...document.warnings].slice(0, MAX_PROBLEMS)
      const errors = problems.map((problem) => ({
        path: [],
        message: `is no valid YAML: ${problem.message}`,
        ...placeOf(problem.pos[0], lines),
      }))
      if (errors.length > 0) return { ok: false, errors }
      const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
      return { ok: true, value, locate: (path) => locate(document as Document, path, lines) }
    } catch (error) {
      // Nested deeper than the stack, or unfolded beyond the limit of aliases.
      return refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`, { line: 1, column: 1 })
    }
  },
  write: (value) => new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 }),
}

function refuse(message: string, place: Place): { ok: false; errors: ConfigurationError[] } {
  return { ok: false, errors: [{ path: [], message, ...place }] }
}

/** As far down the path as the text goes: the key of a map's field, the entry of a list. */
function locate(document: Document, path: ConfigurationPath, lines: LineCounter): Place {
  let node: unknown = document.contents
  let offset = offsetOf(node)
  for (const step of path) {
    const parent = isAlias(node) ? node.resolve(document) : node
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      // Taken over by a merge key: the map that merges it is the nearest place.
      if (pair === undefined) break
      offset = offsetOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(parent)) {
      node = parent.items[Number(step)]
      offset = offsetOf(node) ?? offset
    } else break
  }
  return placeOf(offset, lines)
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}

function placeOf(offset: number | undefined, lines: LineCounter): Place {
  const { line, col } = lines.linePos(offset ?? 0)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
