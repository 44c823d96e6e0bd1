import type { CheckContext } from '../../context.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'

/** Signs in with a browser in which somebody is signed in. False, with a note, when the target wants to be left first. */
export async function signsInOver(ctx: CheckContext, session: Session): Promise<boolean> {
  try {
    await ctx.signIn(session)
    return true
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    ctx.note(`a login while somebody is signed in: ${error.message}`)
    return false
  }
}
