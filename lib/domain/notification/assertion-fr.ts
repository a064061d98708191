/**
 * The prober writes what it expected and got in English (`AssertionFailure`), mixed with the target's own values. These are its
 * phrases in French. Each pattern covers a whole value, so that a quoted answer of the target is never translated.
 */
const PHRASES: readonly [RegExp, string][] = [
  [/^at most (.+)$/, 'au plus $1'],
  [/^to be present$/, 'présent'],
  [/^to be absent$/, 'absent'],
  [/^to contain (.+)$/, 'contenant $1'],
  [/^anything but (.+)$/, 'autre chose que $1'],
  [/^a number above (.+)$/, 'un nombre supérieur à $1'],
  [/^a number below (.+)$/, 'un nombre inférieur à $1'],
  [/^nothing$/, 'absent'],
  [/^not found$/, 'introuvable'],
  [/^found$/, 'présent'],
  [/^no JSON$/, 'pas de JSON'],
  [/^no (".*")$/, 'pas de $1'],
  [/^an object$/, 'un objet'],
  [/^a list of (\d+)$/, 'une liste de $1'],
  [/^healthy$/, 'sain'],
  [/^a trusted chain$/, 'une chaîne de confiance'],
  [/^a valid certificate$/, 'un certificat valide'],
  [/^expired on (.+)$/, 'expiré le $1'],
  [/^valid for (\d+) more days$/, 'valable encore $1 jours'],
  [/^1 day left$/, 'encore 1 jour'],
  [/^(-?\d+) days left$/, 'encore $1 jours'],
  [/^1 sample of 1 metric$/, '1 mesure de 1 métrique'],
  [/^(\d+) samples of 1 metric$/, '$1 mesures de 1 métrique'],
  [/^(\d+) samples of (\d+) metrics$/, '$1 mesures de $2 métriques'],
  // What status pages say of components, with the title of the incident behind it.
  [/^operational$/, 'opérationnel'],
  [/^operational: (.+)$/s, 'opérationnel\u00a0: $1'],
  [/^degraded performance$/, 'performances dégradées'],
  [/^degraded performance: (.+)$/s, 'performances dégradées\u00a0: $1'],
  [/^under maintenance$/, 'en maintenance'],
  [/^under maintenance: (.+)$/s, 'en maintenance\u00a0: $1'],
  [/^partial outage$/, 'panne partielle'],
  [/^partial outage: (.+)$/s, 'panne partielle\u00a0: $1'],
  [/^major outage$/, 'panne majeure'],
  [/^major outage: (.+)$/s, 'panne majeure\u00a0: $1'],
  [/^one of (.+)$/s, 'l’un de $1'],
  // What a text of metrics should be, as its reader expects it.
  [/^a number$/, 'un nombre'],
  [/^a number that is not negative$/, 'un nombre non négatif'],
  [/^a value$/, 'une valeur'],
  [/^a value in double quotes$/, 'une valeur entre guillemets droits'],
  [/^a blank and a value$/, 'un blanc et une valeur'],
  [/^a space and a value$/, 'une espace et une valeur'],
  [/^the name of a metric$/, 'le nom d’une métrique'],
  [/^the name of a label$/, 'le nom d’une étiquette'],
  [/^each sample once$/, 'chaque mesure une seule fois'],
  [/^lines that end with a line feed alone$/, 'des lignes terminées par LF seul'],
  [/^(# EOF) at the end$/, '$1 à la fin'],
  [/^the end of the line$/, 'la fin de la ligne'],
]

const SUBJECTS: Record<string, string> = {
  status: 'statut',
  latency: 'latence',
  keyword: 'mot-clé',
  header: 'en-tête',
  health: 'santé',
  json: 'JSON',
  check: 'contrôle',
  certificate: 'certificat',
  component: 'composant',
  line: 'ligne',
  sample: 'mesure',
  metrics: 'métriques',
}

/** What an assertion looked at; header names and paths stay as they are. */
export function translateSubject(subject: string): string {
  if (subject === 'health status') return 'état de santé'
  if (subject === 'status page') return 'page d’état'
  const [kind = '', ...rest] = subject.split(' ')
  return [SUBJECTS[kind] ?? kind, ...rest].join(' ')
}

/** An expected or found value. */
export function translateValue(value: string): string {
  // `200 to 299, 301 or 302`: a list of statuses.
  if (/^\d{3}( to \d{3})?((, | or )\d{3}( to \d{3})?)*$/.test(value)) {
    return value.replaceAll(' to ', ' à ').replaceAll(' or ', ' ou ')
  }
  for (const [pattern, french] of PHRASES) {
    if (pattern.test(value)) return value.replace(pattern, french)
  }
  return value
}
