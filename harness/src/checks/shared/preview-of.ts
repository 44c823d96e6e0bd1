import type { CheckContext } from '../../context.ts'
import type { Exchange, OpenExchange } from '../../instruments/http-exchange.ts'
import type { CallOptions, Session } from '../../session.ts'

/** A file to be made for a preview. */
export interface PreviewFile {
  name: string
  bytes: Buffer
}

/** Stores a file of the user's and begins its preview. */
export async function openPreview(
  ctx: CheckContext,
  session: Session,
  file: PreviewFile,
  options: CallOptions = {},
): Promise<OpenExchange> {
  const { file: stored, documentId } = await ctx.backend.addFile(
    session.user,
    file.name,
    file.bytes,
  )
  const values = { id: documentId ?? stored.id, 'file.id': stored.id, 'file.name': stored.name }
  return session.open('preview', { ...options, values })
}

/** Stores a file of the user's and gets its preview. */
export const previewOf = async (
  ctx: CheckContext,
  session: Session,
  file: PreviewFile,
): Promise<Exchange> => (await openPreview(ctx, session, file)).done
