import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'

/** Two pixels for each CSS pixel, for the screens that leadership reads on. */
const SCALE = 2

/**
 * A PNG of a drawing. The fonts are those of the product and no others, so the same drawing gives the same bytes on every machine.
 * Throws when the font is not there: a plot without its figures must not go out.
 */
export function rasterise(svg: string): Uint8Array {
  const fontFiles = [findFont('Geist-Regular.ttf'), findFont('Geist-SemiBold.ttf')]
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Geist' },
  })
  return drawing.render().asPng()
}

/** Where npm put the fonts, from the working directory (a deployed function) or from this file (anything else). */
const FONT_DIRECTORIES = [
  join(process.cwd(), 'node_modules/geist/dist/fonts/geist-sans'),
  join(dirname(fileURLToPath(import.meta.url)), '../../../node_modules/geist/dist/fonts/geist-sans'),
]

function findFont(name: string): string {
  const path = FONT_DIRECTORIES.map((directory) => join(/* turbopackIgnore: true */ directory, name)).find(
    (candidate) => existsSync(candidate),
  )
  if (path === undefined)
    throw new Error(`the font ${name} of the package geist is in none of ${FONT_DIRECTORIES.join(', ')}`)
  return path
}
