/** Patterns of what must not leave the installation, and what stands in their place. Order matters: addresses before what is in them. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // Signed links and ping addresses open something for whoever knows them.
  [/(\/(?:ack|ping)\/)[^\s"'<>]+/g, '$1…'],
  [/((?:https?:\/\/|\/)[^\s"'<>?#]*)[?#][^\s"'<>]*/g, '$1'],
  [/(:\/\/)[^\s"'<>/@]+@/g, '$1'],
  [/\b(bearer|basic) +[\w\-.~+/]+=*/gi, '$1 …'],
  [/\b(?:sb_secret|sb_publishable|vigie|whsec)_[\w+/=-]+/g, '…'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<address>'],
]

/** Cuts query strings, link tokens, credentials and mail addresses out of a text that goes to an error tracker. */
export function scrubText(text: string): string {
  return RULES.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text)
}
