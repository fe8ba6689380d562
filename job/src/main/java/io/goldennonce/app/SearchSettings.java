package io.goldennonce.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command asks of its searches.
 *
 * @param fresh whether to forget what earlier runs of the same search have tried
 * @param status a file that reports where the search stands
 * @param notice where a solution is posted
 */
public record SearchSettings(boolean fresh, Optional<Path> status, Optional<URI> notice) {}
