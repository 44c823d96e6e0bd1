import { z } from 'zod'
import { unavailable } from './failure.ts'

const claimsSchema = z.object({ id: z.string() })

/** The user an access token was issued to: Conduit's claim `id`. The backend has just sent the token, so its signature is not looked at. */
export function userIdIn(accessToken: string): string {
  try {
    const claims = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8')
    return claimsSchema.parse(JSON.parse(claims)).id
  } catch (cause) {
    throw unavailable(502, 'backend_answer_invalid', cause)
  }
}
