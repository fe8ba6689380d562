package io.goldennonce.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.SparkSubmitArgumentsParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubmitArgumentsTest {
  @Test
  void parse_valueThatIsACommandsName_isTheOptionsValue() {
    SubmitArguments arguments = parse("--name", "mine", "--gpus", "2", "--", "sql", "SELECT 1");
    assertThat(arguments.option("--name")).hasValue("mine");
    assertThat(arguments.own("--gpus")).hasValue("2");
    assertThat(arguments.program()).containsExactly("sql", "SELECT 1");
  }

  @Test
  void parse_optionsAfterTheCommand_areTheProgramsOwn() {
    SubmitArguments arguments =
        parse("--master=yarn", "mine", "--conf", "x", "--dry-run", "--", "--help");
    assertThat(arguments.program())
        .containsExactly("mine", "--conf", "x", "--dry-run", "--", "--help");
    assertThat(arguments.isDryRun()).isFalse();
    assertThat(arguments.asksForHelp()).isFalse();
  }

  @Test
  void parse_ourOptions_standAnywhereBeforeTheCommand() {
    SubmitArguments arguments =
        parse("--staging=s3://b/", "-v", "--dry-run", "--jar", "x", "-c", "a=b=c", "mine");
    assertThat(arguments.staging()).isEqualTo("s3://b");
    assertThat(arguments.own("--jar")).hasValue("x");
    assertThat(arguments.isDryRun()).isTrue();
    assertThat(new SparkSettings(arguments).get("a")).isEqualTo("b=c");
    assertThat(arguments.spark().stream().flatMap(SparkOption::words))
        .containsExactly("--verbose", "--conf", "a=b=c");
    assertThat(parse("--master", "yarn", "-h").asksForHelp()).isTrue();
  }

  @Test
  void parse_aSettingTwice_isTheLast() {
    SubmitArguments arguments =
        parse("--conf", "a=1", "--master=x", "--conf=a=2", "--master", "y", "m");
    assertThat(new SparkSettings(arguments).get("a")).isEqualTo("2");
    assertThat(arguments.option("--master")).hasValue("y");
  }

  @Test
  void parse_optionOfACommandBeforeIt_isRefusedByName() {
    for (List<String> words :
        List.of(List.of("--difficulty", "24", "mine"), List.of("--difficulty=24", "mine"))) {
      assertThatThrownBy(() -> SubmitArguments.parse(words))
          .isInstanceOf(SubmitException.class)
          .hasMessage(
              "spark-submit has no option --difficulty; options of a command must follow its name");
    }
  }

  @Test
  void parse_missingParts_areRefused() {
    assertThatThrownBy(() -> parse("--master", "yarn"))
        .hasMessage("no command after the options; see --help");
    assertThatThrownBy(() -> parse("--master", "yarn", "--"))
        .hasMessage("no command after the options; see --help");
    assertThatThrownBy(() -> parse("--master")).hasMessage("--master needs a value");
    assertThatThrownBy(() -> parse("--staging")).hasMessage("--staging needs a value");
  }

  /** All that the Spark at hand has, as its own parser lists them: no list of ours can be old. */
  @ParameterizedTest
  @MethodSource("options")
  void parse_anyOptionOfThisSpark_isTaken(String option, boolean hasValue) {
    List<String> words = new ArrayList<>(List.of(option, "mine"));
    if (hasValue) {
      words.add(1, "value");
    }
    SubmitArguments arguments = SubmitArguments.parse(words);
    assertThat(arguments.program()).containsExactly("mine");
    assertThat(arguments.spark()).hasSize(1);
  }

  static Stream<Arguments> options() throws Exception {
    return Stream.concat(
            names("opts").map(name -> List.<Object>of(name, true)),
            names("switches")
                .filter(name -> !name.equals("--help") && !name.equals("-h"))
                .map(name -> List.<Object>of(name, false)))
        .map(pair -> Arguments.of(pair.toArray()));
  }

  private static Stream<String> names(String field) throws Exception {
    Field list = SparkSubmitArgumentsParser.class.getSuperclass().getDeclaredField(field);
    list.setAccessible(true);
    String[][] all = (String[][]) list.get(new SparkSubmitArgumentsParser() {});
    assertThat(all.length).isGreaterThan(4);
    return Arrays.stream(all).flatMap(Arrays::stream);
  }

  private static SubmitArguments parse(String... words) {
    return SubmitArguments.parse(List.of(words));
  }
}
