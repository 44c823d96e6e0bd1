import { createHash, X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** A certificate that lives as long as the run, and the pin by which one browser trusts its key and no other does. */
export interface EdgeCertificate {
  key: string
  cert: string
  /** Base64 of the SHA-256 of the SubjectPublicKeyInfo, as Chromium's `--ignore-certificate-errors-spki-list` takes it. */
  pin: string
}

/** Makes a key and a certificate for some host names; neither is written to disk. */
export async function makeEdgeCertificate(hosts: readonly string[]): Promise<EdgeCertificate> {
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: hosts[0] ?? 'app.test' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
      ],
    },
  )
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  return { key, cert, pin: createHash('sha256').update(spki).digest('base64') }
}
