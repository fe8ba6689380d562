package io.goldennonce.node;

/** Thrown if the node answers a call with an error. */
final class RpcErrorException extends Exception {
  private final int code;

  /**
   * @param code as listed in Bitcoin Core's src/rpc/protocol.h
   */
  RpcErrorException(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
