package io.goldennonce.node;

/** The node has answered a call with an error of its own. */
final class RpcErrorException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  /**
   * @param code as Bitcoin Core's src/rpc/protocol.h lists them
   */
  RpcErrorException(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
