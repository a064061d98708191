import { HOUR } from '../time/instant.ts'
import { above, option, type Steps, steps, term, warn } from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf } from './row.ts'

/** Told by mail when it is worse than the guide calls acceptable, and with the day's mail when it is no longer good. */
const SEVERITY = { warning: 'low', critical: 'medium' } as const

/** "Guide de Monitoring - Drop Craft AI", section "Performance Frontend": what browsers of real users measure, at the 75th percentile. */
export const WEB_VITALS: Pack = {
  key: 'web-vitals',
  version: 1,
  name: { en: 'Web vitals', fr: 'Signaux web essentiels' },
  lead: {
    en: 'How fast, how responsive and how stable pages are for real users: a warning when no longer good, more when poor.',
    fr: 'Rapidité, réactivité et stabilité des pages chez les vrais utilisateurs : un avertissement quand ce n’est plus bon, davantage quand c’est mauvais.',
  },
  rows: rowsOf('drop_craft', [
    {
      id: 'lcp',
      words: '// Seuil: < 2.5s (bon), < 4s (moyen)',
      name: { en: 'Largest contentful paint (LCP)', fr: 'Affichage du plus grand élément (LCP)' },
      options: p75('lcp', steps(2_500, 4_000)),
      severity: SEVERITY,
    },
    {
      id: 'inp',
      words: '// Seuil: < 100ms (bon), < 300ms (moyen)',
      name: { en: 'Interaction to next paint (INP)', fr: 'Délai d’interaction (INP)' },
      note: {
        en: 'INP took the place of FID in 2024. Good is 200 ms as Google defines it; the limit of 300 ms is the guide’s.',
        fr: 'INP a remplacé FID en 2024. Bon jusqu’à 200 ms selon Google ; le seuil de 300 ms est celui du guide.',
      },
      options: p75('inp', steps(200, 300)),
      severity: SEVERITY,
    },
    {
      id: 'fid',
      words: 'if (metric.value > 300) {',
      name: {
        en: 'First input delay (FID), older clients',
        fr: 'Délai de première interaction (FID), anciens clients',
      },
      options: p75('fid', steps(100, 300)),
      severity: SEVERITY,
    },
    {
      id: 'cls',
      words: '// Seuil: < 0.1 (bon), < 0.25 (moyen)',
      name: { en: 'Cumulative layout shift (CLS)', fr: 'Décalage cumulé de la mise en page (CLS)' },
      options: p75('cls', steps(0.1, 0.25)),
      severity: SEVERITY,
    },
    {
      id: 'page-load',
      words: 'if (loadTime > 3000) {',
      name: { en: 'Page load above 3 s', fr: 'Chargement des pages au-dessus de 3 s' },
      options: p75('load', warn(3_000)),
      severity: 'medium',
    },
  ]),
}

function p75(vital: string, limits: Steps): Pack['rows'][number]['options'] {
  return [option(above({ of: term(`web.${vital}`, 'p75') }, HOUR, limits))]
}
