import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '../../../../lib/auth-options'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

const handler = NextAuth(authOptions) as (
  request: NextRequest,
  context: Context,
) => Promise<Response>

export { handler as GET, handler as POST }
