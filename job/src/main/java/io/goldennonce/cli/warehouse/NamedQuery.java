package io.goldennonce.cli.warehouse;

import io.goldennonce.app.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Queries that ship with the program. */
enum NamedQuery {
  COVERAGE("what was tried of each search: gaps, overlaps"),
  EXECUTORS("executors by evidence of their work"),
  INTERVALS("seconds between the blocks of the chain"),
  LUCK("work done against expected, by command"),
  NONCES("where the nonces of blocks lie"),
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

  /** The query's text. */
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
    return Arrays.stream(values())
        .filter(query -> query.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--named must be one of "
                        + Arrays.stream(values())
                            .map(NamedQuery::label)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
