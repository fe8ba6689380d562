package io.goldennonce.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.storage.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseTest {
  private static final String MARKER = "_golden_nonce";

  private final Configuration hadoop = new Configuration();
  private final Path directory;

  WarehouseTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void openOrCreate_nothingThere_makesAMarkedDirectory() throws IOException {
    Path path = directory.resolve("a/b");
    Warehouse warehouse = Warehouse.openOrCreate(path.toString(), hadoop);
    assertThat(warehouse.location()).isEqualTo("file:" + path);
    assertThat(path.resolve(MARKER)).hasContent("2\n");
    assertThat(names(path).filter(name -> !name.startsWith("."))).containsExactly(MARKER);
  }

  @Test
  void openOrCreate_emptyDirectory_becomesOurs() {
    Warehouse.openOrCreate(directory.toString(), hadoop);
    assertThat(directory.resolve(MARKER)).exists();
  }

  @Test
  void openOrCreate_again_isTheSame() throws IOException {
    Warehouse first = Warehouse.openOrCreate(directory.toString(), hadoop);
    Files.createDirectory(directory.resolve("blocks"));
    Warehouse second = Warehouse.openOrCreate(directory.toString(), hadoop);
    assertThat(second.location()).isEqualTo(first.location());
    assertThat(Warehouse.open(directory.toString(), hadoop).location()).isEqualTo(first.location());
  }

  @Test
  void openOrCreate_directoryWithSomethingElse_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.tex"), "mine");
    assertThatThrownBy(() -> Warehouse.openOrCreate(directory.toString(), hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "the warehouse must be empty or one of ours, but file:"
                + directory
                + " holds thesis.tex; choose another with --warehouse, such as a new directory in"
                + " it");
    assertThat(names(directory)).containsExactly("thesis.tex");
  }

  @ParameterizedTest
  @CsvSource({
    "~/w, the shell has left the ~ as it is: write the home directory out",
    "run:1, before a colon stands the name of a file system: write ./run:1"
  })
  void openOrCreate_placeThatIsMeantOtherwise_isRefusedWithTheWayToWriteIt(
      String location, String reason) {
    assertThatThrownBy(() -> Warehouse.openOrCreate(location, hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "the warehouse must be a directory that can be written, got "
                + location
                + " ("
                + reason
                + "); choose another with --warehouse");
  }

  @Test
  void openOrCreate_regularFile_isRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    assertThatThrownBy(() -> Warehouse.openOrCreate(file.toString(), hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessageStartingWith(
            "the warehouse must be a directory that can be written, got " + file + " (")
        .hasMessageEndingWith("); choose another with --warehouse");
    assertThat(file).hasContent("text");
  }

  @Test
  void openOrCreate_belowARegularFile_isRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path below = file.resolve("warehouse");
    assertThatThrownBy(() -> Warehouse.openOrCreate(below.toString(), hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessageStartingWith(
            "the warehouse must be a directory that can be written, got " + below)
        .hasMessageEndingWith("choose another with --warehouse");
  }

  @Test
  void openOrCreate_unknownFileSystem_isRefused() {
    assertThatThrownBy(() -> Warehouse.openOrCreate("nosuch://host/path", hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("nosuch://host/path")
        .hasMessageEndingWith("choose another with --warehouse");
  }

  @Test
  void openOrCreate_emptyPath_isRefused() {
    assertThatThrownBy(() -> Warehouse.openOrCreate("", hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessageEndingWith("choose another with --warehouse");
  }

  @Test
  void open_noWarehouse_isRefusedAndMakesNone() {
    Path path = directory.resolve("none");
    assertThatThrownBy(() -> Warehouse.open(path.toString(), hadoop))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "no warehouse at " + path + "; mine into it first, or choose another with --warehouse");
    assertThat(path).doesNotExist();
  }

  @Test
  void sweep_whatKilledProcessesLeft_goesWhenNobodyCanComeBackForIt() {
    MemoryStorage storage = new MemoryStorage();
    List<String> leases = List.of("_running/search.1.30000.f", "_running/_lock-f", "_probe-1");
    leases.forEach(path -> storage.put(path, new byte[0]));
    storage.put("_pending/feed-1-1", new byte[0]);
    storage.put("_golden_nonce", new byte[0]);

    storage.pass(Duration.ofHours(25));
    storage.put("_running/alive", new byte[0]);
    new Warehouse(storage).sweep();

    assertThat(storage.names("_running")).containsExactly("alive");
    assertThat(storage.names("_pending")).containsExactly("feed-1-1");
    storage.pass(Duration.ofDays(90));
    new Warehouse(storage).sweep();
    assertThat(storage.names("_pending")).isEmpty();
    assertThat(storage.names("")).containsExactly("_golden_nonce");
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList().stream();
    }
  }
}
