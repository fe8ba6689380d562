package io.goldennonce.cli.common;

import picocli.CommandLine.IFactory;

/** Runs the whole program inside a process that goes on. */
public interface CommandRunner {
  /**
   * Runs a command.
   *
   * @param commands creates the commands
   * @param arguments the command's name and its arguments
   * @return the exit code
   */
  int run(IFactory commands, String... arguments);
}
