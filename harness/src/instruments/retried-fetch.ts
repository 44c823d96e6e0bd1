/**
 * `fetch` that asks once more when the connection failed. A kept connection may be closed by its server at the very moment of the next request, above all when
 * both live in one busy process; such a request was not looked at.
 */
export async function retried(request: Request): Promise<Response> {
  const again = request.clone()
  try {
    return await fetch(request)
  } catch {
    return fetch(again)
  }
}
