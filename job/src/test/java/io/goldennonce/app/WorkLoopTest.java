package io.goldennonce.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.testing.Results;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of a work's hooks, and what ends a loop, without Spark and without a warehouse. */
class WorkLoopTest {
  private static final SearchSpec SPEC =
      SearchSpec.of(
          new MessageTemplate(NonceTemplate.ofHeader(new byte[80])),
          Target.ofZeroBits(4),
          ResultMode.ANY);
  private static final SearchResult FOUND = Results.solved(SPEC);

  private final List<String> calls = new ArrayList<>();
  private final StringWriter printed = new StringWriter();
  private final FakeSearches searches = new FakeSearches();

  @Test
  void run_aFind_isDeliveredAndPrintedBeforeItsLedgerIsSaved() throws InterruptedException {
    searches.results.add(FOUND);
    assertThat(run(new FakeWork())).isEqualTo(ExitCode.OK);
    assertThat(calls)
        .containsExactly(
            "next", "ledger", "search", "deliver", "save", "record", "release", "next");
    assertThat(printed.toString())
        .containsPattern("what +a find")
        .containsPattern("outcome +found");
  }

  @Test
  void run_workThatNeverComesAgain_keepsNoLedger() throws InterruptedException {
    FakeWork once = new FakeWork();
    once.isResumable = false;
    searches.results.add(FOUND);
    assertThat(run(once)).isEqualTo(ExitCode.OK);
    assertThat(calls).containsExactly("next", "search", "deliver", "save", "record", "next");
  }

  @Test
  void run_aFindThatCannotBeStored_isPrintedAllTheSame() {
    FakeWork work = new FakeWork();
    work.storing = new IllegalStateException("no space left");
    searches.results.add(FOUND);
    assertThatThrownBy(() -> run(work)).isSameAs(work.storing);
    assertThat(printed.toString()).containsPattern("what +a find");
    assertThat(calls).as("the ledger is saved").containsSubsequence("deliver", "save", "release");
    assertThat(calls).doesNotContain("record");
  }

  @Test
  void run_aLedgerThatCannotBeSaved_endsItWithTheResultDelivered() {
    searches.saving = new SearchFailedException("the ledger could not be saved: full");
    searches.results.add(Results.unsolved(Outcome.DEADLINE));
    assertThatThrownBy(() -> run(new FakeWork())).isSameAs(searches.saving);
    assertThat(calls).endsWith("deliver", "save", "release", "failed");
  }

  @Test
  void run_outdatedWork_goesOnWithTheNext() throws InterruptedException {
    searches.results.add(Results.unsolved(Outcome.OUTDATED));
    searches.results.add(FOUND);
    assertThat(run(new FakeWork(), new FakeWork())).isEqualTo(ExitCode.OK);
    assertThat(calls.stream().filter("deliver"::equals)).hasSize(2);
  }

  @Test
  void run_exhaustedWork_endsUnlessItsSourceHasMore() throws InterruptedException {
    searches.results.add(Results.unsolved(Outcome.EXHAUSTED));
    assertThat(run(new FakeWork(), new FakeWork())).isEqualTo(ExitCode.NOT_FOUND);
    FakeWork renewed = new FakeWork();
    renewed.goesOn = true;
    searches.results.add(Results.unsolved(Outcome.EXHAUSTED));
    searches.results.add(FOUND);
    assertThat(run(renewed, new FakeWork())).isEqualTo(ExitCode.OK);
  }

  @Test
  void run_workThatWasRunBefore_isDroppedWhereItIsOutdated() throws InterruptedException {
    Instant now = Instant.EPOCH;
    searches.earlier =
        List.of(
            new LedgerRow(
                new NonceRange(0, 9), null, null, Shares.NONE, "h", "1", "scalar", null, now, now));
    FakeWork done = new FakeWork();
    done.isOutdated = true;
    searches.results.add(FOUND);
    assertThat(run(done, new FakeWork())).isEqualTo(ExitCode.OK);
    assertThat(calls)
        .startsWith("next", "ledger", "drop", "release", "next", "ledger", "drop", "search");
  }

  @Test
  void run_stoppedWhileItWaits_endsWithTheReason() throws InterruptedException {
    WorkLoop loop = new WorkLoop("mine", searches, false, new PrintWriter(printed));
    assertThat(loop.run(new FakeSource(), () -> Optional.of(StopReason.DEADLINE)))
        .isEqualTo(ExitCode.DEADLINE);
  }

  private ExitCode run(Work... works) throws InterruptedException {
    PrintWriter out = new PrintWriter(printed, true);
    return new WorkLoop("mine", searches, false, out)
        .run(new FakeSource(works), StopSignal.never());
  }

  private final class FakeSource implements WorkSource {
    private final Deque<Work> works;

    private FakeSource(Work... works) {
      this.works = new ArrayDeque<>(Arrays.asList(works));
    }

    @Override
    public Optional<Work> next(StopSignal stop) {
      calls.add("next");
      return Optional.ofNullable(works.pollFirst());
    }

    @Override
    public void close() {}
  }

  private final class FakeWork implements Work {
    private boolean isResumable = true;
    private boolean isOutdated;
    private boolean goesOn;
    private @Nullable RuntimeException storing;

    @Override
    public SearchSpec search() {
      return SPEC;
    }

    @Override
    public String title() {
      return "a block";
    }

    @Override
    public StopSignal outdated() {
      return StopSignal.never();
    }

    @Override
    public boolean isResumable() {
      return isResumable;
    }

    @Override
    public boolean dropIfOutdated() {
      calls.add("drop");
      return isOutdated;
    }

    @Override
    public Delivery deliver(SearchResult result) {
      calls.add("deliver");
      Map<String, Object> facts = Map.of("what", "a find");
      if (goesOn) {
        return new Delivery(facts, true);
      }
      return Delivery.stored(
          result,
          facts,
          () -> {
            if (storing != null) {
              throw storing;
            }
          });
    }
  }

  private final class FakeSearches implements WorkLoop.Searches {
    private final Deque<SearchResult> results = new ArrayDeque<>();
    private List<LedgerRow> earlier = List.of();
    private @Nullable SearchFailedException saving;

    @Override
    public LedgerStore ledger(Work work) {
      calls.add("ledger");
      return new LedgerStore() {
        @Override
        public List<LedgerRow> earlier() {
          return earlier;
        }

        @Override
        public void save(List<LedgerRow> rows) {}

        @Override
        public boolean wantsShortRuns() {
          return true;
        }

        @Override
        public void close() {
          calls.add("release");
        }
      };
    }

    @Override
    public CompletedSearch search(Work work, LedgerStore ledger, StopSignal stop) {
      calls.add("search");
      SearchResult result = results.remove();
      return new CompletedSearch() {
        @Override
        public SearchResult result() {
          return result;
        }

        @Override
        public void close() {
          calls.add("save");
          if (saving != null) {
            throw saving;
          }
        }
      };
    }

    @Override
    public void record(SearchSpec spec, SearchResult result) {
      calls.add("record");
    }

    @Override
    public void failed(SearchSpec spec, String why) {
      calls.add("failed");
    }
  }
}
