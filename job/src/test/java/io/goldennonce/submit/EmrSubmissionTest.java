package io.goldennonce.submit;

import static io.goldennonce.emr.EmrOptions.JOB_RUN;
import static io.goldennonce.emr.EmrOptions.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls for EMR that need no AWS CLI; {@code EmrScriptIT} runs them with it. */
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

  @Test
  void readme_dryRuns_areWhatIsPrinted(@TempDir Path directory) throws Exception {
    String readme = Files.readString(DryRun.root().resolve("emr/README.md"));
    for (List<String> platform : List.of(STEP, JOB_RUN)) {
      List<String> typed = new ArrayList<>(platform);
      typed.addAll(List.of("--", "mine", "--data", "hello", "--difficulty", "40"));
      DryRun.Ended shown = new DryRun(directory).shown(typed.toArray(String[]::new));
      assertThat(shown.code()).as(shown.err()).isZero();
      assertThat(shown.lines()).hasSizeGreaterThan(4);
      assertThat(readme).contains(shown.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --on emr --staging s3://b/p                                  | --cluster-id j-
          --on mars --staging s3://b/p                                 | got 'mars'
          --on emr --cluster-id j-1                                    | --staging must be s3://
          --on emr-serverless --application-id a --staging s3://b/p    | --execution-role ARN
          --on emr --cluster-id j-1 --staging s3://b/p --jar=x         | --jar is not for --on
          """)
  void options_missing_areRefused(String typed, String rule, @TempDir Path directory) {
    assertThat(new DryRun(directory).refusal((typed + " -- mine").split(" +"))).contains(rule);
  }

  @Test
  void serverless_optionWithASpace_isRefused(@TempDir Path directory) {
    List<String> typed = new ArrayList<>(JOB_RUN);
    typed.addAll(List.of("--name", "two words", "mine"));
    DryRun.Ended shown = new DryRun(directory).shown(typed.toArray(String[]::new));
    assertThat(shown.code()).isEqualTo(2);
    assertThat(shown.err()).contains("can't hold spaces or quotes");
  }
}
