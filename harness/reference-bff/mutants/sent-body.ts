import type { BffContext } from '../services.ts'

/** Listens in while a handler reads the request's body; gives the text read so far. */
export function sentBody({ env }: BffContext): () => string {
  const chunks: Buffer[] = []
  env.incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}
