import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const grpcSdkInClient = defineMutant({
  name: 'grpc-sdk-in-client',
  defect: "The backend's gRPC SDK was bundled into the page's script.",
  kills: { 'RULES-02': 'client files with gRPC in them' },
  apply: (parts) =>
    appendedScript(
      parts,
      () => `var o={"grpc.keepalive_time_ms":2e4,"grpc.max_receive_message_length":1e8};
class ConduitGrpcSdk{constructor(e){this.h={"content-type":"application/grpc","grpc-timeout":"1S"};this.s="/conduit.Core/RegisterModule"}}`,
    ),
})
