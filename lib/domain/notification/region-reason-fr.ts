/** Why a region could not tell is written in English where it is found out. These are the sentences in French; each pattern covers a whole one. */
const SENTENCES: readonly [RegExp, string][] = [
  [
    /^(\S+) is cut off: its control targets do not answer$/,
    '$1 est coupée du réseau\u00a0: ses cibles de contrôle ne répondent pas',
  ],
  [/^did not answer in (\d+)(?:\.(\d+))? s$/, 'pas de réponse en $1,$2 s'],
  [/^no prober of that name is configured$/, 'aucune sonde de ce nom n’est configurée'],
  [/^its prober cannot be reached$/, 'sa sonde est injoignable'],
  [/^its prober has another secret$/, 'sa sonde a un autre secret'],
  [/^its prober answered (\d+)$/, 'sa sonde a répondu $1'],
  [/^its prober answered something else than results$/, 'sa sonde a répondu autre chose que des résultats'],
  [
    /^its prober answered for monitors that it was not asked about$/,
    'sa sonde a répondu pour des moniteurs qu’on ne lui demandait pas',
  ],
  [/^its prober runs in (\S+)$/, 'sa sonde tourne en réalité dans $1'],
  [/^(?:its prober )?told nothing$/, 'sa sonde n’a rien dit'],
  [
    /^its prober is reached over plain http, and the probe needs secrets$/,
    'sa sonde est jointe en http sans chiffrement, et le test a besoin de secrets',
  ],
]

/** A sentence that is not known stays as it is. */
export function translateRegionReason(reason: string): string {
  for (const [pattern, french] of SENTENCES) {
    if (pattern.test(reason)) return reason.replace(pattern, french).replace(', s', ' s')
  }
  return reason
}
