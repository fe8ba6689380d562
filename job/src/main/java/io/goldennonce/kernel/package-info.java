/**
 * What a kernel is: the messages that it scans, how its nonces are numbered, the reference kernel
 * and the self-test against it. Uses the JDK only.
 */
@NullMarked
package io.goldennonce.kernel;

import org.jspecify.annotations.NullMarked;
