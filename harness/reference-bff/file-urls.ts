import { z } from 'zod'
import type { BackendAnswer } from './conduit-http.ts'
import { refusalOf } from './conduit.ts'
import { BffFailure, unavailable } from './failure.ts'
import type { Services } from './services.ts'
import type { Session } from './sessions.ts'

/** Finds out where the bytes of a file are. */
export interface FileUrls {
  /** A fresh presigned URL. 404 when the file is missing or not the caller's: which of the two is nobody's business. */
  resolve(session: Session, id: string, signal: AbortSignal): Promise<string>
}

const resultSchema = z.object({ result: z.string() })
const refusalSchema = z.object({ message: z.string() })

/** `getFileUrl` wraps every refusal in a 500 (contract, section 8); the message tells them from a failure. */
const NOT_FOR_CALLER =
  /^(File does not exist|File access is not public|You do not have access to file|invalid input syntax|Cast to ObjectId)/

export function createFileUrls({ conduit }: Pick<Services, 'conduit'>): FileUrls {
  return {
    async resolve(session, id, signal) {
      const answer = await conduit.send(session, {
        method: 'GET',
        path: `/storage/getFileUrl/${encodeURIComponent(id)}`,
        signal,
      })
      if (answer.status !== 200) throw refusedFor(answer)
      const parsed = resultSchema.safeParse(jsonIn(answer.text))
      if (!parsed.success) throw unavailable(502, 'backend_answer_invalid')
      return parsed.data.result
    },
  }
}

function refusedFor(answer: BackendAnswer): BffFailure {
  const refusal = refusalSchema.safeParse(jsonIn(answer.text))
  const isCallers = refusal.success && NOT_FOR_CALLER.test(refusal.data.message)
  return isCallers || answer.status === 400 || answer.status === 403
    ? new BffFailure(404, 'not_found')
    : refusalOf(answer)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
