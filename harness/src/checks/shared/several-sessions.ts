import type { CheckContext } from '../../context.ts'

/** Runs something while the backend lets a user have several sessions. By default a second login of a user ends the first session there. */
export async function withSeveralSessions(
  ctx: CheckContext,
  act: () => Promise<void>,
): Promise<void> {
  const { control } = ctx.backend
  const allow = (multipleUserSessions: boolean) =>
    control.setConfig({ authentication: { clients: { multipleUserSessions } } })
  const { multipleUserSessions: before } = (await control.config()).authentication.clients
  await allow(true)
  try {
    await act()
  } finally {
    await allow(before)
  }
}
