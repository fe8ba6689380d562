package io.goldennonce.table.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.goldennonce.testing.LightJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  @TempDir Path root = Path.of("set by JUnit");
  private final MemoryStorage storage = new MemoryStorage();

  private Lease take(String holder) throws IOException, LeaseHeldException {
    return take(storage, holder);
  }

  private static Lease take(Storage storage, String holder) throws IOException, LeaseHeldException {
    return Lease.take(storage, "_running", "search", holder.getBytes(UTF_8), TTL);
  }

  @Test
  void take_heldLease_saysByWhomAndSinceWhen() throws Exception {
    take("one");
    storage.pass(Duration.ofSeconds(20));

    assertThatThrownBy(() -> take("two"))
        .isInstanceOfSatisfying(
            LeaseHeldException.class,
            refused -> {
              assertThat(refused.held().holder()).isEqualTo("one".getBytes(UTF_8));
              assertThat(refused.held().age()).isEqualTo(Duration.ofSeconds(20));
            });
  }

  @Test
  void take_otherLease_isFree() throws Exception {
    take("one");

    Lease other = Lease.take(storage, "_running", "other", new byte[0], TTL);

    assertThat(Lease.held(storage, "_running"))
        .extracting(Lease.Held::lease)
        .containsExactlyInAnyOrder("search", "other");
    other.close();
    assertThat(Lease.held(storage, "_running"))
        .singleElement()
        .satisfies(held -> assertThat(held.holder()).isEqualTo("one".getBytes(UTF_8)));
  }

  @Test
  void take_released_isFreeWithAHigherTokenLater() throws Exception {
    Lease one = take("one");
    one.close();
    storage.pass(Duration.ofMillis(1));

    Lease two = take("two");

    assertThat(two.token()).isGreaterThan(one.token());
    two.close();
    assertThat(storage.list("_running")).isEmpty();
  }

  @Test
  void take_holderDeadBeyondItsTime_isTakenWithAHigherToken() throws Exception {
    Lease one = take("one");
    storage.pass(Duration.ofSeconds(44));
    assertThatThrownBy(() -> take("two")).isInstanceOf(LeaseHeldException.class);
    storage.pass(Duration.ofSeconds(1));

    Lease two = take("two");

    assertThat(two.token()).isGreaterThan(one.token());
    two.renew();
  }

  @Test
  void take_holderOfALongerTimeToLive_isJudgedByItsOwn() throws Exception {
    Lease.take(storage, "_running", "search", new byte[0], Duration.ofHours(1));
    storage.pass(Duration.ofMinutes(30));

    assertThatThrownBy(() -> take("two")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void take_emptyClaim_countsAsHeld() throws Exception {
    take("one");
    for (StoredFile claim : storage.list("_running")) {
      storage.put(claim.path(), new byte[0]);
    }

    assertThatThrownBy(() -> take("two")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void take_twoAtTheSameMoment_hasOneWinner() throws Exception {
    Lease[] other = new Lease[1];
    // Both list before either writes; both write before either lists again.
    Storage meeting =
        new ForwardingStorage(storage) {
          private int puts;

          @Override
          public void put(String path, byte[] content) throws IOException {
            super.put(path, content);
            if (puts++ == 0) {
              assertThatThrownBy(() -> take(storage, "two")).isInstanceOf(LeaseHeldException.class);
            }
          }
        };
    other[0] = take(meeting, "one");

    other[0].renew();
    assertThat(Lease.held(storage, "_running")).hasSize(1);
  }

  @Test
  void take_whileAnotherClaims_withdrawsAndTriesAgain() throws Exception {
    String rival = Claim.name("search", 1L << 50, TTL, "f".repeat(32));
    int[] pauses = {0};
    Hooks hooks =
        new Hooks(
            EnumSet.allOf(Safeguard.class),
            Hooks.NONE.ids(),
            limit -> {
              pauses[0]++;
              assertThat(storage.list("_running")).hasSize(1);
              storage.delete("_running/" + rival);
            });
    Storage meeting =
        new ForwardingStorage(storage) {
          private boolean met;

          @Override
          public Hooks hooks() {
            return hooks;
          }

          @Override
          public void put(String path, byte[] content) throws IOException {
            super.put(path, content);
            if (!met) {
              met = true;
              super.put("_running/" + rival, new byte[0]);
            }
          }
        };

    Lease lease = Lease.take(meeting, "_running", "search", new byte[0], TTL);

    assertThat(pauses[0]).isEqualTo(1);
    lease.renew();
  }

  @Test
  void renew_inTime_keepsItForAnotherTimeToLive() throws Exception {
    Lease one = take("one");
    for (int i = 0; i < 10; i++) {
      storage.pass(Duration.ofSeconds(29));
      one.renew();
    }
    storage.pass(Duration.ofSeconds(29));

    assertThatThrownBy(() -> take("two")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void renew_tooLate_losesItAndLeavesNoClaim() throws Exception {
    Lease one = take("one");
    storage.pass(TTL);

    assertThatThrownBy(one::renew)
        .isInstanceOf(LeaseLostException.class)
        .hasMessageContaining("not renewed for 30 s");
    assertThat(storage.list("_running")).isEmpty();
  }

  @Test
  void renew_afterAnotherHasTakenIt_losesItAndLeavesTheOther() throws Exception {
    Lease one = take("one");
    storage.pass(Duration.ofSeconds(46));
    Lease two = take("two");

    assertThatThrownBy(one::renew).isInstanceOf(LeaseLostException.class);
    one.close();

    two.renew();
    assertThat(Lease.held(storage, "_running"))
        .singleElement()
        .satisfies(held -> assertThat(held.holder()).isEqualTo("two".getBytes(UTF_8)));
  }

  @Test
  void renew_clockSetForthAndBack_givesUpBeforeAHigherToken() throws Exception {
    Lease one = take("one");
    storage.pass(Duration.ofHours(1));
    Lease two = take("two");
    storage.pass(Duration.ofHours(-1).plusSeconds(10));
    two.renew();

    assertThatThrownBy(one::renew)
        .isInstanceOf(LeaseLostException.class)
        .hasMessageContaining("another process has taken it");
    two.renew();
  }

  @Test
  void close_afterAnotherHasTakenIt_leavesTheOther() throws Exception {
    Lease one = take("one");
    storage.pass(Duration.ofSeconds(46));
    Lease two = take("two");

    one.close();

    two.renew();
    assertThatThrownBy(() -> take("three")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void renew_claimDeletedByAnyone_comesBack() throws Exception {
    Lease one = take("one");
    for (StoredFile claim : storage.list("_running")) {
      storage.delete(claim.path());
    }

    one.renew();

    assertThatThrownBy(() -> take("two")).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void take_nameThatIsNoFileName_isRefused() {
    assertThatThrownBy(() -> Lease.take(storage, "_running", "a/b", new byte[0], TTL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got a/b");
  }

  @Test
  void take_onDiskFromALiveHolderOfThisJvm_isRefused() throws Exception {
    Storage disk = disk();
    Lease one = take(disk, "one");

    assertThatThrownBy(() -> take(disk, "two")).isInstanceOf(LeaseHeldException.class);
    one.renew();
    one.close();
    assertThat(disk.names("_running")).isEmpty();
  }

  /** The operating system's lock tells, not the process id, which may be another's elsewhere. */
  @Test
  void take_onDiskFromAProcess_isRefusedWhileItLivesAndFreeWhenItIsKilled() throws Exception {
    Process holder = start(Holder.class);
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('H');
      Storage disk = disk();
      assertThatThrownBy(() -> take(disk, "two")).isInstanceOf(LeaseHeldException.class);

      holder.destroyForcibly();
      assertThat(holder.waitFor(5, TimeUnit.MINUTES)).isTrue();

      Lease two = take(disk, "two");
      two.renew();
    } finally {
      holder.destroyForcibly();
    }
  }

  /** A container that was killed and started again has the process id and host name of before. */
  @Test
  void take_onDiskInAContainerStartedAgain_isRefusedWhileTheFirstLivesAndThenFree()
      throws Exception {
    String[] container = {"unshare", "--fork", "--pid", "--mount-proc", "--kill-child"};
    List<String> nothing = new ArrayList<>(List.of(container));
    nothing.add("true");
    assumeTrue(
        new ProcessBuilder(nothing).start().waitFor() == 0,
        "this user may make no process namespaces: run the test as root");
    Process first = start(Holder.class, container);
    try {
      assertThat(first.getInputStream().read()).isEqualTo('H');
      assertThat(start(Holder.class, container).getInputStream().read()).isEqualTo(-1);

      first.destroyForcibly();
      assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();

      Process again = start(Holder.class, container);
      assertThat(again.getInputStream().read()).isEqualTo('H');
      again.destroyForcibly();
    } finally {
      first.destroyForcibly();
    }
  }

  private Storage disk() throws IOException {
    return Storage.at(root.toString(), new Configuration(false));
  }

  private Process start(Class<?> main, String... around) throws IOException {
    List<String> command = new ArrayList<>(List.of(around));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(LightJvm.OPTIONS.split(" ")));
    command.addAll(
        List.of(
            "-XX:-UsePerfData", // whose file is the process id's
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            root.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Takes the lease, says so, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      Storage storage = Storage.at(arguments[0], new Configuration(false));
      try (Lease lease = take(storage, "one")) {
        System.out.println("H" + lease.token());
        System.out.flush();
        Thread.sleep(Duration.ofMinutes(2).toMillis());
      }
    }
  }
}
