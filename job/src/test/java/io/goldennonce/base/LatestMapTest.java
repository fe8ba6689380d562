package io.goldennonce.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestMapTest {
  @Test
  void put_beyondItsNumber_forgetsWhatWasNotUsedForLongest() {
    Map<Integer, String> map = new LatestMap<>(2);
    map.put(1, "one");
    map.put(2, "two");
    assertThat(map.get(1)).isEqualTo("one");
    map.merge(3, "three", String::concat);
    assertThat(map).containsOnlyKeys(1, 3);
    map.computeIfAbsent(4, key -> "four");
    assertThat(map).containsOnlyKeys(3, 4);
  }

  @Test
  void map_ofNothing_isRefused() {
    assertThatThrownBy(() -> new LatestMap<>(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
