package io.goldennonce.testing;

/** How tests start a JVM that lives for seconds and computes little. */
public final class LightJvm {
  /** It does not optimise, which takes most of the processors' time of a start. */
  public static final String OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private LightJvm() {}
}
