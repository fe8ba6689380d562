package io.goldennonce.api;

import java.util.function.Consumer;

/** Listeners to one thing each. */
final class Listeners {
  private Listeners() {}

  static SearchListener progress(Consumer<SearchProgress> listener) {
    return new SearchListener() {
      @Override
      public void progress(SearchProgress progress) {
        listener.accept(progress);
      }
    };
  }

  static SearchListener found(Consumer<Solution> listener) {
    return new SearchListener() {
      @Override
      public void found(Solution solution) {
        listener.accept(solution);
      }
    };
  }
}
