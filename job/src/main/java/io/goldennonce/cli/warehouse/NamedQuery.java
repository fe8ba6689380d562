package io.goldennonce.cli.warehouse;

import io.goldennonce.app.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The queries that ship with the program. */
enum NamedQuery {
  COVERAGE("coverage of each search: gaps, overlaps"),
  EXECUTORS("executors by evidence of their work"),
  INTERVALS("seconds between the blocks of the chain"),
  LUCK("actual against expected work, by command"),
  NONCES("distribution of the nonces of blocks"),
  PROOF("what each search proves: coverage, shares, root"),
  RUNS("rate and luck of each run"),
  SHARES("work for pools: shares against the hashes tried"),
  STALE("blocks that are not on the chain, by miner");

  private final String about;

  NamedQuery(String about) {
    this.about = about;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String about() {
    return about;
  }

  String text() {
    String resource = "/queries/" + label() + ".sql";
    try (InputStream in = NamedQuery.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static NamedQuery named(String name) {
    for (NamedQuery query : values()) {
      if (query.label().equals(name)) {
        return query;
      }
    }
    List<String> names = Arrays.stream(values()).map(NamedQuery::label).toList();
    throw new UsageException(
        "--named must be one of %s, got %s".formatted(String.join(", ", names), name));
  }
}
