package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts would run, and that ShellCheck finds nothing in them. */
class ScriptsTest {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";
  private static final String SHA = "--add-opens=java.base/sun.security.provider=ALL-UNNAMED";
  private static final String KERNELS = VECTOR + " " + SHA;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void everyScript_shellcheck_findsNothing() throws Exception {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "shellcheck")));
    assumeTrue(
        installed || "true".equals(System.getenv("CI")),
        "ShellCheck is not installed: apt-get install shellcheck");
    List<String> scripts = scripts();
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(5);
    Program.Ended ended = Program.of(Path.of("shellcheck"), scripts).run(directory);
    assertThat(ended.out() + ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void submit_noSparkHomeNoOptions_startsTheJvmItself() throws Exception {
    assertThat(words(dryRun("mine", "--data", "hello", "--difficulty", "24")))
        .startsWith("java", "@" + Program.root() + "/conf/jvm.options", "-Xmx2g", "-cp")
        .endsWith(
            "-Dspark.master=local[*]", "MineJob", "mine", "--data", "hello", "--difficulty", "24");
  }

  @Test
  void submit_noSparkHomeWithOptions_usesTheEmbeddedSparkSubmit() throws Exception {
    List<String> words =
        words(
            dryRun("--master", "local[2]", "--conf", "spark.ui.enabled=false", "sql", "SELECT 1"));
    assertThat(words.get(2))
        .startsWith(Program.root() + "/.embedded/spark-4.2.")
        .endsWith("submit");
    assertThat(words)
        .startsWith("env", "SPARK_CONF_DIR=" + Program.root() + "/conf")
        .containsSubsequence("--master", "local[2]", "--conf", "spark.ui.enabled=false")
        .endsWith("--encoded", encoded("sql", "SELECT 1"));
  }

  @Test
  void submit_sparkHome_usesItsSparkSubmitWithTheVectorModule() throws Exception {
    Path home = sparkHome("spark home");
    List<String> words = words(submit("--dry-run", "mine").with("SPARK_HOME", home.toString()));
    assertThat(words)
        .startsWith(
            home + "/bin/spark-submit",
            "--class",
            "MineJob",
            "--driver-java-options",
            KERNELS,
            "--conf",
            "spark.executor.extraJavaOptions=" + KERNELS)
        .endsWith("mine");
    assertThat(words.get(words.size() - 2)).contains("/job/target/golden-nonce-").endsWith(".jar");
  }

  @Test
  void submit_sparkHome_passesItsExitCodeOn() throws Exception {
    Path home = sparkHome("home");
    Path checkout = checkoutWithJar();
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/submit.sh"), "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void submit_clusterModeWithStaging_bringsTheTranscriptBack() throws Exception {
    Path home = sparkHome("home");
    Program.Ended shown =
        submit(
                "--dry-run",
                "--master=yarn",
                "--deploy-mode=cluster",
                "--num-executors=20",
                "--staging=hdfs:///tmp/mined/",
                "--conf=spark.hadoop.a=b",
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    List<String> lines = submissions(shown);
    assertThat(lines).as(shown.err()).hasSize(2);
    assertThat(lines.get(0))
        .contains("-Dgolden.nonce.transcript=hdfs:///tmp/mined/golden-nonce-RUN.json")
        .contains("spark.yarn.maxAppAttempts=1", "--num-executors 20", "spark.yarn.tags=")
        .endsWith("mine");
    assertThat(lines.get(1))
        .contains("--master local\\[1\\] --deploy-mode client", "--conf spark.hadoop.a=b")
        .doesNotContain("yarn", "--num-executors")
        .endsWith("replay hdfs:///tmp/mined/golden-nonce-RUN.json");
  }

  @Test
  void submit_clusterModeWithStaging_endsAsTheTranscriptDoes() throws Exception {
    Path home = sparkHome("home");
    Program.Ended ended =
        Program.of(
                checkoutWithJar().resolve("scripts/submit.sh"),
                "--deploy-mode",
                "cluster",
                "--staging",
                "/shared",
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).startsWith("spark-submit ended with 3; see /shared/golden-nonce-");
  }

  @Test
  void submit_clusterModeWithoutStaging_saysWhereTheResultStays() throws Exception {
    Program.Ended ended = dryRun("--deploy-mode", "cluster", "mine").run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("with --staging URI it comes back");
    assertThat(submissions(ended)).hasSize(1);
  }

  @Test
  void submit_toKubernetes_isTheCommandOfTheDocuments() throws Exception {
    Path conf = Program.root().resolve("conf/k8s.conf");
    List<String> command = new ArrayList<>();
    for (String line : Files.readAllLines(conf)) {
      if (!command.isEmpty() || line.startsWith("#   scripts/submit.sh")) {
        command.add(line.replaceFirst("^#\\s*", ""));
        if (!line.endsWith("\\")) {
          break;
        }
      }
    }
    String said = String.join("\n", command).replace("submit.sh", "submit.sh --dry-run");
    Program.Ended ended =
        Program.of(Path.of("bash"), "-c", said)
            .with("SPARK_HOME", sparkHome("home").toString())
            .run(Program.root());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(submissions(ended).get(0))
        .contains("--master k8s://https://API-SERVER:443 --deploy-mode cluster")
        .contains("--properties-file conf/k8s.conf s3a://BUCKET/golden-nonce-0.1.0.jar mine")
        // Of the file, which options would hide.
        .contains("--driver-java-options " + KERNELS.replace(" ", "\\ "))
        .contains("-Dgolden.nonce.transcript=s3a://BUCKET/staging/golden-nonce-RUN.json");
    assertThat(ended.lastLine())
        .contains("--properties-file conf/k8s.conf --master local")
        .endsWith("replay s3a://BUCKET/staging/golden-nonce-RUN.json");
  }

  @Test
  void submit_sparkHomeWithoutSparkSubmit_isRefused() throws Exception {
    Program.Ended ended =
        submit("--dry-run", "mine").with("SPARK_HOME", directory.toString()).run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("SPARK_HOME has no bin/spark-submit: " + directory);
  }

  @Test
  void submit_jvmOptionsOfTheUser_areKept() throws Exception {
    assertThat(
            words(
                dryRun(
                    "--driver-java-options",
                    "-Da=1 -Db=2",
                    "--conf",
                    "spark.executor.extraJavaOptions=-Dc=3",
                    "mine")))
        .containsSubsequence("--driver-java-options", "-Da=1 -Db=2 " + KERNELS)
        .contains("spark.executor.extraJavaOptions=-Dc=3 " + KERNELS)
        .doesNotContain("-Da=1 -Db=2", "spark.executor.extraJavaOptions=-Dc=3");
  }

  @Test
  void submit_optionsForKernelsOfTheUser_areNotRepeated() throws Exception {
    assertThat(words(dryRun("--conf=spark.driver.extraJavaOptions=" + SHA + " " + VECTOR, "mine")))
        .containsSubsequence("--driver-java-options", SHA + " " + VECTOR);
  }

  @Test
  void submit_jvmOptionsOfSparkDefaults_areKept() throws Exception {
    Path home = sparkHome("home");
    Files.createDirectory(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/spark-defaults.conf"),
        """
        # spark.driver.extraJavaOptions -Dcomment
        spark.driver.extraJavaOptions    -XX:+UseG1GC -Da=1
        spark.executor.extraJavaOptions=-Db=2
        """);
    assertThat(words(submit("--dry-run", "mine").with("SPARK_HOME", home.toString())))
        .containsSubsequence("--driver-java-options", "-XX:+UseG1GC -Da=1 " + KERNELS)
        .contains("spark.executor.extraJavaOptions=-Db=2 " + KERNELS);
  }

  @Test
  void submit_valueThatIsACommandsName_isTheOptionsValue() throws Exception {
    assertThat(words(dryRun("--name", "mine", "--", "sql", "SELECT 1")))
        .containsSubsequence("--name", "mine")
        .endsWith("--encoded", encoded("sql", "SELECT 1"));
  }

  @Test
  void submit_optionsAfterTheCommand_areTheProgramsOwn() throws Exception {
    assertThat(words(dryRun("mine", "--conf", "x", "--dry-run", "--", "--help")))
        .endsWith("MineJob", "mine", "--conf", "x", "--dry-run", "--", "--help");
  }

  @Test
  void submit_optionOfACommandBeforeIt_isRefused() throws Exception {
    Program.Ended ended = dryRun("--difficulty", "24", "mine").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "submit.sh: spark-submit has no option --difficulty; what belongs to a command stands"
                + " after it\n");
  }

  @Test
  void submit_optionsWithoutACommand_isRefused() throws Exception {
    Program.Ended ended = dryRun("--master", "yarn").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).isEqualTo("submit.sh: no command after the options; see --help\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "it's", "$HOME `id` \"x\" \\", "*", "line\nbreak", ""})
  void submit_anyValue_survivesTheShell(String value) throws Exception {
    assertThat(words(dryRun("mine", "--data", value))).endsWith("mine", "--data", value);
  }

  /** Containers, cron and sudo have none; a JVM would take the arguments for ASCII. */
  @Test
  void submit_noLocale_setsOneOfUtf8() throws Exception {
    Path home = sparkHome("home");
    Files.writeString(
        home.resolve("bin/spark-submit"), "#!/bin/sh\necho \"$LC_ALL\"; printf %s \"$5\"\n");
    Program.Ended ended =
        Program.of(
                Path.of("env"),
                "-u",
                "LANG",
                "-u",
                "LC_CTYPE",
                "-u",
                "LC_ALL",
                checkoutWithJar().resolve("scripts/submit.sh").toString(),
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.out()).startsWith("C.UTF-8\n");
  }

  @Test
  void submit_argumentThatIsNotUtf8_isRefusedBeforeAnythingStarts() throws Exception {
    Program.Ended ended =
        Program.of(
                Path.of("bash"),
                "-c",
                "exec \"$0\" mine --data $'\\xff'",
                checkoutWithJar().resolve("scripts/submit.sh").toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("submit.sh: an argument must be text in UTF-8, got other bytes;")
        .hasLineCount(1);
  }

  /** What a shell, YARN's braces or Kubernetes' variables would change travels encoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"b\":1}}",
        "a `touch x` b",
        "$(X) {{z",
        "zoë",
        "",
        "two words",
        "a\r\nb"
      })
  void submit_throughSparkSubmit_sendsArgumentsEncoded(String value) throws Exception {
    for (List<String> options :
        List.of(
            List.of("--master", "yarn", "--deploy-mode", "cluster"),
            List.of("--master", "local[2]"))) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("mine", "--data", value));
      List<String> words = words(dryRun(all.toArray(String[]::new)));
      assertThat(words).endsWith("--encoded", encoded("mine", "--data", value));
      assertThat(words.get(words.size() - 1)).matches("[A-Za-z0-9+/]+=*");
    }
  }

  @Test
  void submit_configurationsInClusterMode_travelUnderNamesOfTheirOwn() throws Exception {
    Files.createDirectories(directory.resolve("c1"));
    Files.createDirectories(directory.resolve("c2"));
    Files.writeString(directory.resolve("c1/x.conf"), "");
    Files.writeString(directory.resolve("c2/x.conf"), "");
    List<String> words =
        words(
            dryRun(
                "--master=yarn",
                "--deploy-mode=cluster",
                "--files=a.txt",
                "mine",
                "-c",
                "c1/x.conf",
                "-c=c2/x.conf",
                "-cc1/x.conf",
                "--config=c2/x.conf"));
    assertThat(words)
        .containsSubsequence(
            "--files",
            "a.txt,c1/x.conf#0-x.conf,c2/x.conf#1-x.conf,c1/x.conf#2-x.conf,c2/x.conf#3-x.conf")
        .endsWith("mine", "-c", "0-x.conf", "-c", "1-x.conf", "-c", "2-x.conf", "-c", "3-x.conf");
    Program.Ended standalone =
        dryRun("--master=spark://h:7077", "--deploy-mode=cluster", "mine", "-c", "c1/x.conf")
            .run(directory);
    assertThat(standalone.code()).isEqualTo(2);
    assertThat(standalone.err()).contains("does not bring -c c1/x.conf").hasLineCount(1);
    Program.Ended kubernetes =
        dryRun("--master=k8s://h", "--deploy-mode=cluster", "mine", "-c=c1/x.conf", "-c=c2/x.conf")
            .run(directory);
    assertThat(kubernetes.err()).contains("must have different names, got two of x.conf");
  }

  @Test
  void submit_bySymlinkAndWithCdPath_findsItsCheckout() throws Exception {
    Path link = directory.resolve("gn");
    Files.createSymbolicLink(link, Program.root().resolve("scripts/submit.sh"));
    String expected = dryRun("mine", "--data", "x").run(directory).out();
    assertThat(
            Program.of(link, "--dry-run", "mine", "--data", "x")
                .with("JAVA_HOME", "")
                .run(directory)
                .out())
        .isEqualTo(expected);
    assertThat(
            Program.of(Path.of("scripts/submit.sh"), "--dry-run", "mine", "--data", "x")
                .with("CDPATH", ".:/tmp")
                .with("JAVA_HOME", "")
                .run(Program.root())
                .out())
        .isEqualTo(expected);
    Path home = directory.resolve("spark-home");
    Files.createSymbolicLink(home, Program.root().resolve("scripts/spark-home.sh"));
    assertThat(
            Program.of(home, "--dry-run", "4.2").with("CDPATH", ".:/tmp").run(directory).lastLine())
        .startsWith(Program.root().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--master local[2]",
        "--master=local",
        "--conf spark.master=local[*,3]",
        "--conf spark.ui.enabled=true",
        "--driver-memory 1g"
      })
  void submit_anyLocalMaster_listensOnLoopback(String options) throws Exception {
    assertThat(localIp(options)).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--master yarn", "--conf spark.master=spark://h:7077"})
  void submit_cluster_listensWhereSparkDoes(String options) throws Exception {
    assertThat(localIp(options)).isEmpty();
  }

  /** What spark-submit, or the JVM, has as SPARK_LOCAL_IP. */
  private String localIp(String options) throws Exception {
    Path home = sparkHome("home");
    Path said = directory.resolve("said");
    String script = "#!/bin/sh\nprintf %s \"$SPARK_LOCAL_IP\" >'" + said + "'\n";
    Files.writeString(home.resolve("bin/spark-submit"), script);
    List<String> arguments =
        new ArrayList<>(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    arguments.add("mine");
    Program.Ended ended =
        Program.of(checkoutWithJar().resolve("scripts/submit.sh"), arguments)
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.code()).as(ended.err()).isZero();
    return Files.readString(said);
  }

  /** Half of the memory, as a JVM is more than its heap, and what Spark asks for at least. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "memory.max, 1073741824, 512m",
    "memory.max, 536870912, 480m",
    "memory.max, max, 2g",
    "memory.max, 8589934592, 2g",
    "memory/memory.limit_in_bytes, 1073741824, 512m",
    "memory/memory.limit_in_bytes, 9223372036854771712, 2g"
  })
  void submit_inASmallContainer_takesASmallerHeap(String file, String limit, String heap)
      throws Exception {
    Path cgroup = directory.resolve("sys/fs/cgroup").resolve(file);
    Files.createDirectories(cgroup.getParent());
    Files.writeString(cgroup, limit + "\n");
    Files.createDirectories(directory.resolve("proc"));
    Files.writeString(
        directory.resolve("proc/meminfo"), "MemTotal:       16384000 kB\nMemFree: 1 kB\n");
    assertThat(words(dryRun("mine").with("GOLDEN_NONCE_TEST_ROOT", directory.toString())))
        .contains("-Xmx" + heap);
  }

  /** As Java 17's fastest kernel does not need it, and a JVM warns of it in each start. */
  @Test
  void submit_vectorModule_isThereWhereItIsNeeded() throws Exception {
    assertThat(words(dryRun("sql", "SELECT 1"))).doesNotContain(VECTOR);
    assertThat(words(dryRun("solve", "--kernel", "vector-512"))).contains(VECTOR);
    assertThat(words(dryRun("bench"))).contains(VECTOR);
  }

  @Test
  void submit_jarOlderThanItsSourcesAndNoMaven_usesTheJar() throws Exception {
    Path checkout = checkoutWithJar();
    Files.setLastModifiedTime(
        Files.createFile(checkout.resolve("job/src/main/java/New.java")),
        FileTime.from(Instant.now().plusSeconds(10)));
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "sed",
            "dirname",
            "readlink",
            "find",
            "id",
            "java",
            "locale",
            "iconv",
            "awk")) {
      Path found =
          Arrays.stream(System.getenv("PATH").split(":", -1))
              .map(path -> Path.of(path, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/submit.sh"), "mine")
            .with("PATH", tools.toString())
            .with("SPARK_HOME", sparkHome("home").toString())
            .run(directory);
    assertThat(ended.err())
        .isEqualTo(
            "submit.sh: sources are newer than the jar, which is used as it is (Maven is not"
                + " installed)\n");
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void submit_help_explainsItself() throws Exception {
    Program.Ended ended = submit("--help").run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("usage: scripts/submit.sh").contains("SPARK_HOME");
  }

  @Test
  void submit_sourceNewerThanTheJar_buildsFirst() throws Exception {
    Path checkout = checkoutWithJar();
    Path submit = checkout.resolve("scripts/submit.sh");
    Path home = sparkHome("home");
    Program dryRun = Program.of(submit, "--dry-run", "mine").with("SPARK_HOME", home.toString());
    assertThat(dryRun.run(directory).out()).startsWith(home + "/bin/spark-submit");
    Path source = checkout.resolve("job/src/main/java/New.java");
    Files.createFile(source);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
    List<String> built = dryRun.run(directory).out().lines().toList();
    assertThat(built.get(0)).startsWith("mvn ").endsWith(" package -pl job -am");
    assertThat(built.get(1)).startsWith(home + "/bin/spark-submit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "4.0", "4.2"})
  void sparkHome_shortVersion_isTheOneOfThePom(String version) throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", version).run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.lastLine()).matches(".*/\\.embedded/spark-\\Q" + version + ".\\E\\d+");
  }

  @Test
  void sparkHome_fullVersion_isTaken() throws Exception {
    assertThat(sparkHomeScript("--dry-run", "4.0.2").run(directory).lastLine())
        .endsWith("/.embedded/spark-4.0.2");
  }

  @Test
  void sparkHome_yarn_isTheOneOfThePomBesideAYarn() throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", "yarn").run(directory);
    assertThat(ended.lastLine()).matches(".*/\\.embedded/spark-3\\.5\\.\\d+-yarn");
  }

  @Test
  void sparkHome_unknownVersion_isRefused() throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", "2").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("spark-home.sh: no such Spark: 2; use one of 4.2.");
  }

  /** Each argument in UTF-8, ended by a NUL, in base64. */
  private static String encoded(String... arguments) {
    String text = String.join("\0", arguments) + "\0";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a dry run shows, without a build where the jar is old. */
  private static List<String> submissions(Program.Ended shown) {
    return shown.out().lines().filter(line -> !line.startsWith("mvn ")).toList();
  }

  private static List<String> scripts() throws IOException {
    Path root = Program.root();
    try (Stream<Path> files =
        Stream.of("scripts", "spark-home/bin", ".ci", "emr")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .flatMap(ScriptsTest::filesUnder)) {
      return files.filter(ScriptsTest::isShell).map(Path::toString).sorted().toList();
    }
  }

  private static Stream<Path> filesUnder(Path folder) {
    try {
      return Files.walk(folder).filter(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isShell(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      return first != null && first.matches("#!.*\\b(ba)?sh");
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Spark home whose spark-submit ends with 3. */
  private Path sparkHome(String name) throws IOException {
    Path home = directory.resolve(name);
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nexit 3\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return home;
  }

  /** The least of a checkout that submit.sh looks at, with a jar newer than all of it. */
  private Path checkoutWithJar() throws IOException {
    Path checkout = directory.resolve("check out");
    for (String file : List.of("pom.xml", "job/pom.xml", "scripts/submit.sh")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Program.root().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(checkout.resolve("job/src/main/java"));
    Files.createDirectories(checkout.resolve("job/src/build"));
    Matcher version =
        Pattern.compile("(?m)^  <version>(.*)</version>$")
            .matcher(Files.readString(checkout.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    Path target = Files.createDirectories(checkout.resolve("job/target"));
    Path jar = Files.createFile(target.resolve("golden-nonce-" + version.group(1) + ".jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    return checkout;
  }

  /** The words of the last command a dry run shows, as a shell would pass them. */
  private List<String> words(Program dryRun) throws IOException, InterruptedException {
    Program.Ended shown = dryRun.run(directory);
    assertThat(shown.code()).as(shown.err()).isZero();
    Program.Ended words =
        Program.of(
                Path.of("bash"),
                "-c",
                "eval \"set -- $1\"; printf '%s\\0' \"$@\"",
                "bash",
                shown.lastLine())
            .run(directory);
    assertThat(words.err()).isEmpty();
    List<String> list = new ArrayList<>(Arrays.asList(words.out().split("\0", -1)));
    list.remove(list.size() - 1);
    return list;
  }

  private static Program submit(String... arguments) {
    return Program.of(Program.root().resolve("scripts/submit.sh"), arguments);
  }

  private static Program dryRun(String... arguments) {
    return submit(
            Stream.concat(Stream.of("--dry-run"), Arrays.stream(arguments)).toArray(String[]::new))
        .with("JAVA_HOME", "");
  }

  private static Program sparkHomeScript(String... arguments) {
    return Program.of(Program.root().resolve("scripts/spark-home.sh"), arguments);
  }
}
