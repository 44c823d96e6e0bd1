import { expect, test } from 'vitest'
import { signatureOf } from './s3-signature.ts'

test('signs the example of the AWS documentation', () => {
  const { signature } = signatureOf({
    account: { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' },
    request: {
      method: 'GET',
      path: '/test.txt',
      params: [
        ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
        ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
        ['X-Amz-Date', '20130524T000000Z'],
        ['X-Amz-Expires', '86400'],
        ['X-Amz-SignedHeaders', 'host'],
      ],
      host: 'examplebucket.s3.amazonaws.com',
    },
    date: '20130524T000000Z',
  })
  expect(signature).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404')
})
