package io.goldennonce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.testing.AtOnce;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
  private final Path directory;

  PublisherTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Local files under another scheme. */
  private static final class OtherScheme extends RawLocalFileSystem {
    private final URI uri;

    OtherScheme(String scheme) throws IOException {
      initialize(URI.create("file:///"), new Configuration());
      this.uri = URI.create(scheme + ":///");
    }

    @Override
    public URI getUri() {
      return uri == null ? super.getUri() : uri;
    }

    @Override
    public String getScheme() {
      return getUri().getScheme();
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (!getScheme().equals("file")) {
        throw new IOException("a rename copies here");
      }
      return super.rename(from, to);
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {
      // Whatever its scheme.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "s3"})
  void publish_written_isThereWhole(String scheme) throws IOException {
    FileSystem fileSystem = new OtherScheme(scheme);
    try (Publisher.Draft draft = draft(fileSystem)) {
      write(draft, "abc");
      assertThat(directory.resolve("table/name")).doesNotExist();
      draft.publish(path("table/name"));
    }
    assertThat(directory.resolve("table/name")).hasContent("abc");
    assertThat(names()).containsExactly("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "s3"})
  void close_notPublished_leavesNothing(String scheme) throws IOException {
    FileSystem fileSystem = new OtherScheme(scheme);
    try (Publisher.Draft draft = draft(fileSystem)) {
      write(draft, "half");
    }
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a"})
  void createNew_thereAlready_isRefusedAndLeftAlone(String scheme) throws IOException {
    Publisher publisher = new Publisher(new OtherScheme(scheme));
    publisher.createNew(path("lease"), bytes("one"));
    assertThatThrownBy(() -> publisher.createNew(path("lease"), bytes("two")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.resolve("lease")).hasContent("one");
    publisher.replace(path("lease"), bytes("three"));
    assertThat(directory.resolve("lease")).hasContent("three");
  }

  @Test
  void createNew_byFourAtOnce_isOneThatWins() throws Exception {
    int rounds = 200;
    int processes = 4;
    List<Publisher> publishers = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      publishers.add(new Publisher(new OtherScheme("file")));
    }
    AtomicIntegerArray winners = new AtomicIntegerArray(rounds);
    for (int i = 0; i < rounds; i++) {
      int round = i;
      AtOnce.run(
          processes,
          process -> {
            try {
              publishers.get(process).createNew(path("table/" + round), bytes("mine"));
              winners.incrementAndGet(round);
            } catch (FileAlreadyExistsException e) {
              // Another was first.
            }
          });
    }
    assertThat(IntStream.range(0, rounds).map(winners::get)).containsOnly(1);
    assertThat(names()).hasSize(rounds);
  }

  private Publisher.Draft draft(FileSystem fileSystem) throws IOException {
    Files.createDirectories(directory.resolve("table"));
    return new Publisher(fileSystem).draft(path("table"), "_draft-");
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(directory.resolve(name).toString());
  }

  private static void write(Publisher.Draft draft, String text) throws IOException {
    try (PositionOutputStream out = draft.file().create(0)) {
      out.write(bytes(text));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("table"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".")) // check sums
          .toList();
    }
  }
}
