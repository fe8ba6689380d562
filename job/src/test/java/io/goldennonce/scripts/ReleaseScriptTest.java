package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code release.sh} refuses before it builds, in one line each. */
class ReleaseScriptTest {
  private static final String TAG = "v" + Checkout.version();

  @TempDir private Path directory = Path.of("set by JUnit");
  private Path checkout = Path.of("set before each");

  /** A commit of what the script reads, with the date of its release in the changelog. */
  @BeforeEach
  void commit() throws Exception {
    checkout = directory.resolve("checkout");
    for (String file :
        List.of("scripts/release.sh", "scripts/lib.sh", "scripts/jar.sh", "pom.xml")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Program.root().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.writeString(
        checkout.resolve("CHANGELOG.md"), "## " + Checkout.version() + " (unreleased)\n");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@invalid", "commit", "-q", "-m", "a commit");
  }

  @Test
  void release_checkoutWithChanges_isRefused() throws Exception {
    git("tag", TAG);
    Files.writeString(checkout.resolve("new"), "");
    assertThat(refusal()).isEqualTo("the checkout has changes: commit them, or remove them");
  }

  @Test
  void release_commitWithoutItsTag_isRefused() throws Exception {
    git("tag", TAG + "-rc1");
    assertThat(refusal())
        .isEqualTo(
            "the commit has no tag %1$s: tag it (git tag %1$s), or build with --snapshot"
                .formatted(TAG));
  }

  @Test
  void release_changelogWithoutItsDate_isRefused() throws Exception {
    git("tag", TAG);
    assertThat(refusal())
        .matches(
            "CHANGELOG.md has no section \"## \\Q%s\\E \\(\\d{4}-\\d\\d-\\d\\d\\)\": give it the"
                    .formatted(Checkout.version())
                + " date of project.build.outputTimestamp in pom.xml");
  }

  @Test
  void release_signatureWithoutAKeyOrABundle_isRefused() throws Exception {
    Path gpg = Files.writeString(directory.resolve("gpg"), "#!/bin/sh\nexit 2\n");
    assertThat(gpg.toFile().setExecutable(true)).isTrue();
    String home = "https://example.org/golden-nonce";
    assertThat(refusal("--snapshot", "--home", home, "--sign", "me@example.org"))
        .isEqualTo("GnuPG has no secret key me@example.org: see gpg --list-secret-keys");
    assertThat(refusal("--snapshot", "--sign", "me@example.org"))
        .isEqualTo("--sign signs the files of the repository, which need --home URL");
    assertThat(refusal("--snapshot", "--home", "http://example.org"))
        .isEqualTo("--home must be an https:// address, got http://example.org");
  }

  private String refusal(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--to", directory.resolve("dist").toString()));
    all.addAll(List.of(options));
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/release.sh"), all)
            .with("PATH", directory + ":" + System.getenv("PATH"))
            .run(directory);
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).startsWith("release.sh: ").hasLineCount(1);
    return ended.err().strip().substring("release.sh: ".length());
  }

  private void git(String... arguments) throws Exception {
    Program.Ended ended = Program.of(Path.of("git"), arguments).run(checkout);
    assertThat(ended.code()).as(ended.err()).isZero();
  }
}
