package io.goldennonce.submit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program's configuration files, for a driver on another machine.
 *
 * @param files the files of {@code -c}, in their order
 * @param program the command, with other names for them
 */
record ConfigurationFiles(List<String> files, List<String> program) {
  private static final String LONG = "--config";
  private static final String SHORT = "-c";

  ConfigurationFiles {
    files = List.copyOf(files);
    program = List.copyOf(program);
  }

  /** How a driver finds a file. */
  interface Naming {
    /**
     * Names a file.
     *
     * @param file as it was typed
     * @param number how many files there are before it
     * @throws SubmitException if the driver can't find it
     */
    String name(String file, int number);
  }

  /** Finds the files in a command. */
  static ConfigurationFiles of(List<String> command, Naming naming) {
    List<String> files = new ArrayList<>();
    List<String> program = new ArrayList<>();
    int at = 0;
    while (at < command.size() && !command.get(at).equals("--")) {
      String word = command.get(at++);
      Optional<String> file = attached(word);
      if (word.equals(SHORT) || word.equals(LONG)) {
        if (at == command.size()) {
          throw SubmitException.usage(word + " needs a value");
        }
        file = Optional.of(command.get(at++));
      }
      if (file.isEmpty()) {
        program.add(word);
      } else {
        program.addAll(List.of(SHORT, naming.name(file.get(), files.size())));
        files.add(file.get());
      }
    }
    program.addAll(command.subList(at, command.size()));
    return new ConfigurationFiles(files, program);
  }

  /** The file's name where it is in one word with the option. */
  private static Optional<String> attached(String word) {
    for (String prefix : List.of(LONG + "=", SHORT + "=", SHORT)) {
      if (word.startsWith(prefix) && word.length() > prefix.length()) {
        return Optional.of(word.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }

  /** Two files may have one name: each gets its number before it. */
  static String numbered(String file, int number) {
    requireReadable(file);
    return number + "-" + baseName(file);
  }

  static String baseName(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  static void requireReadable(String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw SubmitException.usage("-c: no such file: " + file);
    }
  }
}
