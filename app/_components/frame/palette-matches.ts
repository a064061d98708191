export interface PaletteItem {
  label: string
  href: string
  /** What it is, at the right: "Page", "Monitor", a state. */
  hint: string
}

const MAX_SHOWN = 12

/**
 * The items that contain every word typed, in any order, accents and case aside; those whose name begins with what was typed
 * come first.
 */
export function matchItems(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  const found = items.filter((item) => {
    const name = fold(item.label)
    return words.every((word) => name.includes(word))
  })
  const start = fold(typed.trim())
  const leading = found.filter((item) => fold(item.label).startsWith(start))
  return [...leading, ...found.filter((item) => !leading.includes(item))].slice(0, MAX_SHOWN)
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
}
