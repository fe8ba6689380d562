package io.goldennonce.work.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final HandClock clock = new HandClock(START);
  private final Destination destination = new Destination();
  private final List<String> told = new ArrayList<>();

  @Test
  void found_accepted_isSavedFirstAndSettled() {
    Outbox<Item> outbox = outbox();
    Item judged = outbox.handIn(item("a"));
    assertThat(judged.status()).isEqualTo(Submitter.Status.ACCEPTED);
    assertThat(destination.savedAtSubmission).containsExactly("a PENDING");
    outbox.settle(judged);
    assertThat(destination.saved).containsEntry("a", judged);
    assertThat(outbox.found()).isEqualTo(1);
    assertThat(outbox.accepted()).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void pending_destinationAway_stopsAtTheFirstAndIsTriedAgain() throws Exception {
    destination.save(item("a"));
    destination.save(item("b"));
    destination.fails("a", AwayException.away("nobody there"));
    Outbox<Item> outbox = outbox();
    assertThatThrownBy(() -> outbox.retryPending(StopSignal.never()))
        .isInstanceOf(AwayException.class);
    assertThat(destination.submitted).containsExactly("a");
    destination.works("a");
    outbox.retryPending(StopSignal.never());
    assertThat(destination.submitted).containsExactly("a", "a", "b");
    assertThat(told).hasSize(2).allMatch(line -> line.endsWith("is accepted"));
    assertThat(destination.pending()).isEmpty();
  }

  /** The poisonous one is tried after 1, 4, 16 … seconds; all others at once. */
  @Test
  void pending_withoutAVerdict_isSetAsideForGrowingTimes() throws Exception {
    destination.save(item("poison"));
    destination.save(item("sound"));
    destination.fails("poison", AwayException.answered("no such work any more"));
    Outbox<Item> outbox = outbox();
    for (int second = 0; second < 30; second++) {
      outbox.retryPending(StopSignal.never());
      clock.pass(Duration.ofSeconds(1));
    }
    // At 0 s, 1 s, 5 s and 21 s.
    assertThat(destination.submitted)
        .containsExactly("poison", "sound", "poison", "poison", "poison");
    assertThat(told)
        .filteredOn(line -> line.startsWith("item poison"))
        .hasSize(4)
        .last()
        .isEqualTo("item poison has no verdict yet: no such work any more; next try in 64 s");
  }

  @Test
  void pending_withoutAVerdictForADay_isAbandoned() throws Exception {
    destination.save(item("poison"));
    destination.fails("poison", AwayException.answered("no such work any more"));
    Outbox<Item> outbox = outbox();
    for (int hour = 0; hour <= 48; hour++) {
      outbox.retryPending(StopSignal.never());
      clock.pass(Duration.ofHours(1));
    }
    assertThat(destination.submitted).hasSizeLessThan(40);
    assertThat(destination.saved("poison").reason())
        .isEqualTo("no verdict in a day: no such work any more");
    assertThat(destination.pending()).isEmpty();
    assertThat(told).last().asString().contains("is refused: no verdict in a day");
  }

  @Test
  void found_withoutAVerdict_isKeptForLater() throws Exception {
    destination.fails("a", AwayException.answered("what is this?"));
    Outbox<Item> outbox = outbox();
    assertThat(outbox.handIn(item("a")).status()).isEqualTo(Submitter.Status.PENDING);
    assertThat(told).containsExactly("item a is saved for a later attempt: what is this?");
    outbox.retryPending(StopSignal.never());
    assertThat(destination.submitted).as("not at once").containsExactly("a");
    destination.works("a");
    clock.pass(Duration.ofSeconds(1));
    outbox.retryPending(StopSignal.never());
    assertThat(outbox.accepted()).isEqualTo(1);
    assertThat(outbox.found()).isEqualTo(1);
  }

  private Outbox<Item> outbox() {
    return new Outbox<>(destination, told::add, clock);
  }

  private static Item item(String name) {
    return new Item(name, Submitter.Status.PENDING, null);
  }

  private record Item(String name, Submitter.Status status, @Nullable String reason) {}

  /** Accepts all but what it is told to fail with. */
  private static final class Destination implements Submitter<Item> {
    private final Map<String, AwayException> failures = new LinkedHashMap<>();
    private final Map<String, Item> saved = new LinkedHashMap<>();
    private final List<String> submitted = new ArrayList<>();
    private final List<String> savedAtSubmission = new ArrayList<>();

    Item saved(String name) {
      return Objects.requireNonNull(saved.get(name));
    }

    void fails(String name, AwayException failure) {
      failures.put(name, failure);
    }

    void works(String name) {
      failures.remove(name);
    }

    @Override
    public Item submit(Item found, StopSignal stop) throws AwayException {
      submitted.add(found.name());
      savedAtSubmission.add(found.name() + " " + saved(found.name()).status());
      AwayException failure = failures.get(found.name());
      if (failure != null) {
        throw failure;
      }
      return new Item(found.name(), Status.ACCEPTED, null);
    }

    @Override
    public void save(Item found) {
      saved.put(found.name(), found);
    }

    @Override
    public List<Item> pending() {
      return saved.values().stream().filter(item -> item.status() == Status.PENDING).toList();
    }

    @Override
    public Item abandoned(Item found, String reason) {
      return new Item(found.name(), Status.REFUSED, reason);
    }

    @Override
    public Finding describe(Item found) {
      return new Finding(
          "item " + found.name(),
          START,
          found.status(),
          found.status().name().toLowerCase(java.util.Locale.ROOT),
          found.reason());
    }
  }
}
