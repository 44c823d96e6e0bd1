import type { Parts } from '../services.ts'
import type { StorageAnswer } from '../storage.ts'
import { changedPreviewHeaders } from './preview-header-change.ts'

const FRAMING = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]

/** The parts with previews that copy the headers of those storage answers which `isMeant` names. */
export const relayedHeaders = (
  parts: Parts,
  isMeant: (answer: Pick<StorageAnswer, 'headers'>) => boolean,
): Parts =>
  changedPreviewHeaders(parts, (headers, answer) => {
    if (!isMeant(answer)) return headers
    const copied = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined || FRAMING.includes(name) ? [] : [[name, String(value)] as const],
    )
    return { ...Object.fromEntries(copied), ...headers }
  })
