import type { Condition } from '../series/question.ts'

export type ParsedWhere = { ok: true; where: Record<string, Condition> } | { ok: false; given: string; message: string }

const PART = /^([\p{L}\p{N}_.:/-]{1,200})\s*=\s*(?:"([^"]*)"|([^",]*))$/u

/**
 * Reads conditions on attributes as people type them: `http.route=/checkout, http.response.status_code=5*`. A star at the end stands for every
 * text that begins so; quotes keep a comma or a star as they are; `-` alone is an attribute that is not there.
 */
export function parseWhere(text: string): ParsedWhere {
  const where: Record<string, Condition> = {}
  for (const part of splitParts(text)) {
    const [, name, quoted, bare] = PART.exec(part) ?? []
    if (name === undefined) {
      return { ok: false, given: part, message: `"${part}" is no condition: it looks like http.route=/checkout` }
    }
    if (name in where) return { ok: false, given: name, message: `"${name}" stands there twice` }
    where[name] = quoted ?? toCondition((bare ?? '').trim())
  }
  return { ok: true, where }
}

/** The text that `parseWhere` reads as these conditions. */
export function writeWhere(where: Readonly<Record<string, Condition>> = {}): string {
  return Object.entries(where)
    .map(([name, value]) => `${name}=${writeCondition(value)}`)
    .join(', ')
}

function splitParts(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|[^",])+/g)].map(([part]) => part.trim()).filter((part) => part !== '')
}

function toCondition(text: string): Condition {
  if (text === '-') return null
  return text.length > 1 && text.endsWith('*') ? { prefix: text.slice(0, -1) } : text
}

function writeCondition(value: Condition): string {
  if (value === null) return '-'
  if (typeof value === 'object') return `${value.prefix}*`
  return /[",*]|^\s|\s$|^-$/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
