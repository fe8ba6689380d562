package io.goldennonce.s3;

/** What may happen to a request to S3 on its way. */
enum Fault {
  /** It is answered 503 SlowDown, and not done. */
  SLOW_DOWN,
  /** The connection is reset, and it is not done. */
  RESET,
  /** It is done, and the connection is reset before the answer. */
  LOST_ANSWER,
  /** It is done and answered, late. */
  LATE_ANSWER,
  /** It is answered 403 AccessDenied, and not done. */
  FORBIDDEN
}
