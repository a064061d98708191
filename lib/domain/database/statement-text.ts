/** Enough to recognise a statement by. */
const MAX_CHARS = 200
const MARK = '?'

/**
 * Literals of SQL, which may be anybody's data: quoted text with its prefixes (`E'…'`, `U&'…'`), dollar-quoted text, numbers. Comments
 * go, too: tools write request data into them. Text without its end (statements are cut by the server) counts as text to the end.
 * Names in double quotes are matched so that a quote within them begins nothing; they are kept.
 */
const TOKENS =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|([eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|(?:[uU]&|[bBxXnN])?'(?:[^']|'')*(?:'|$))|(\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\4\$|$))|("(?:[^"]|"")*(?:"|$))|(\$\d+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[\w]*)/g

/** A statement on one line without the values in it, at most 200 characters. */
export function shortenStatement(sql: string): string {
  const bare = sql.replace(TOKENS, (token, comment, quoted, dollar, _tag, name, word) => {
    if (comment !== undefined) return ' '
    if (quoted !== undefined || dollar !== undefined) return MARK
    return name !== undefined || word !== undefined ? token : MARK
  })
  const line = bare.replace(/\s+/g, ' ').trim()
  return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS - 1)}…` : line
}
