package io.goldennonce.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls for EMR that need no AWS CLI; {@code EmrScriptTest} runs them with it. */
class EmrSubmissionTest {
  @Test
  void serverless_filesAndConfigurations_travelTogether(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("x.conf"), "");
    DryRun.Ended shown =
        new DryRun(directory)
            .shown(
                "--on=emr-serverless",
                "--application-id=00f",
                "--execution-role=arn:x",
                "--staging=s3://b/p",
                "--files=s3://b/a.txt",
                "mine",
                "-c",
                file.toString());
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("--files s3://b/a.txt,s3://b/p/runs/RUN/1-x.conf")
        .contains("\"entryPointArguments\":[\"mine\",\"-c\",\"1-x.conf\"]")
        .containsOnlyOnce("--files");
  }

  @Test
  void step_jvmOptionsOfTheUser_areKeptWithThoseOfTheKernels(@TempDir Path directory) {
    DryRun.Ended shown =
        new DryRun(directory)
            .shown(
                "--on=emr",
                "--cluster-id=j-1",
                "--staging=s3://b/p",
                "--driver-java-options=-Da=1",
                "--conf=spark.executor.extraJavaOptions=-Db=2",
                "mine");
    assertThat(shown.out())
        .contains(
            "spark.driver.extraJavaOptions=-Da=1 "
                + DryRun.KERNELS
                + " -Dgolden.nonce.tell-exit-code=true")
        .contains("spark.executor.extraJavaOptions=-Db=2 " + DryRun.KERNELS)
        .containsOnlyOnce("spark.driver.extraJavaOptions")
        .doesNotContain("--driver-java-options");
  }
}
