package io.goldennonce.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of a command's searches.
 *
 * @param fresh whether to ignore the ledger of earlier runs
 * @param notice the address to which solutions are posted
 */
public record SearchSettings(boolean fresh, Optional<Path> status, Optional<URI> notice) {}
