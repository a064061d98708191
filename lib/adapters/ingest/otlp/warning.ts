/** An empty request is fine; one that has everything but what this address takes is probably meant for another one. */
export function findWarning(body: unknown, found: number, expected: string): string | null {
  if (found > 0 || typeof body !== 'object' || body === null) return null
  const [other] = Object.keys(body).filter((name) => name !== expected)
  return other === undefined
    ? null
    : `Nothing was taken: this address reads ${expected}, and the body has other fields.`
}
