/** Authenticated encryption of small JSON values at rest. `open` throws on a ciphertext of another key or a changed one. */
export interface SecretBox {
  seal(value: unknown): string
  open(ciphertext: string): unknown
}
