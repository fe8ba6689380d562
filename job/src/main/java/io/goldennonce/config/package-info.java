/** Reads HOCON into typed records; unknown keys are refused. May use Typesafe Config. */
@NullMarked
package io.goldennonce.config;

import org.jspecify.annotations.NullMarked;
