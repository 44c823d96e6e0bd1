const MINUTE = 60_000

/** Limits per client address and route. Source: A/constants/routeRateLimits.ts. */
export const credentials = { max: 30, windowMs: 15 * MINUTE }
export const emailSend = { max: 8, windowMs: 15 * MINUTE }
export const passwordReset = { max: 25, windowMs: 15 * MINUTE }
export const emailCode = { max: 15, windowMs: 15 * MINUTE }
export const emailHook = { max: 45, windowMs: 60 * MINUTE }
export const twoFaChallenge = { max: 20, windowMs: 15 * MINUTE }
export const invitationData = { max: 50, windowMs: 60 * MINUTE }
