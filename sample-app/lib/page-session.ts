import { redirect } from 'next/navigation'
import { AppError } from '@/lib/models/app-error'
import { readSession } from '@/lib/session'

export interface PageSession {
  vaultKey: string
  userId: string
}

/** The session of a page; without one the browser goes to the login page. */
export async function pageSession(): Promise<PageSession> {
  const { vaultKey, userId } = await readSession()
  if (vaultKey === undefined || userId === undefined) redirect('/login')
  return { vaultKey, userId }
}

/** What a page reads: data, or a sentence to show. A session that is over goes where its cookie is cleared. */
export async function pageData<T>(work: Promise<T>): Promise<{ data: T } | { problem: string }> {
  try {
    return { data: await work }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.endsSession) redirect('/api/auth/ended')
    return { problem: error.message }
  }
}
