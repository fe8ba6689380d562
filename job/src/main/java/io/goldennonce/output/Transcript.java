package io.goldennonce.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.table.storage.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The output and exit code of a driver in cluster mode. Such a driver runs on a machine of the
 * cluster, and the cluster's manager reports only whether it succeeded.
 *
 * @param err its messages on standard error, without progress and log
 */
public record Transcript(
    @JsonProperty("exit_code") int exitCode,
    @JsonProperty("out") String out,
    @JsonProperty("err") String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Transcript {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
  }

  /**
   * Writes it to a file of any file system that Spark supports.
   *
   * @throws IOException if it can't be written
   */
  public void write(String uri, Configuration hadoop) throws IOException {
    Path path = Locations.path(uri);
    try (OutputStream file = Locations.fileSystem(path, hadoop).create(path, true)) {
      file.write(JSON.writeValueAsBytes(this));
    }
  }

  /**
   * Reads a transcript.
   *
   * @throws IOException if there is none, or the file is not a transcript
   */
  public static Transcript read(String uri, Configuration hadoop) throws IOException {
    Path path = Locations.path(uri);
    try (InputStream file = Locations.fileSystem(path, hadoop).open(path)) {
      return Objects.requireNonNull((@Nullable Transcript) JSON.readValue(file, Transcript.class));
    } catch (JacksonException | NullPointerException e) {
      throw new IOException("it is no transcript", e);
    }
  }
}
