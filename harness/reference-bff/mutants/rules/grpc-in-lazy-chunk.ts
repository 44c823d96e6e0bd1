import { defineMutant } from '../mutant.ts'
import { addedFile, appendedScript } from '../script-otherwise.ts'

export const grpcInLazyChunk = defineMutant({
  name: 'grpc-in-lazy-chunk',
  defect:
    'A chunk that no page loads by itself, named by a table of chunks, has a gRPC runtime in it.',
  kills: { 'RULES-02': 'client files with gRPC in them' },
  apply: (parts) =>
    addedFile(
      appendedScript(
        parts,
        () =>
          `const load = (e) => import("/assets/"+({17:"shared"}[e]||e)+"."+{17:"c0ffee",23:"beef42"}[e]+".js")`,
      ),
      {
        name: '23.beef42.js',
        type: 'text/javascript',
        text: () =>
          `export const s=(m)=>m["grpc-status"];const u="grpc-node-js/1.9.0",e="invalid wire type ",h={"te":"trailers","ct":"application/grpc+proto"}`,
      },
    ),
})
