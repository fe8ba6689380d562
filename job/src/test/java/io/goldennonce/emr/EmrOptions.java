package io.goldennonce.emr;

import java.util.List;

/** What {@code submit.sh} is given for each service of EMR. */
public final class EmrOptions {
  /** A step on a running cluster. */
  public static final List<String> STEP =
      List.of("--on", "emr", "--cluster-id", "j-1", "--staging", "s3://bucket/gn/");

  /** A job run of EMR Serverless. */
  public static final List<String> JOB_RUN =
      List.of(
          "--on",
          "emr-serverless",
          "--application-id",
          "00f",
          "--execution-role",
          "arn:aws:iam::123456789012:role/x",
          "--staging",
          "s3://bucket/gn");

  private EmrOptions() {}
}
