const MOST = 4 * 1024 * 1024

/** The end of what a process printed, so that one that prints without end does not fill the memory. */
export const keptOutput = (text: string): string => text.slice(-MOST)
