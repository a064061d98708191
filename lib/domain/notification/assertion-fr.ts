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
}

/** What an assertion looked at; header names and paths stay as they are. */
export function translateSubject(subject: string): string {
  if (subject === 'health status') return 'état de santé'
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
