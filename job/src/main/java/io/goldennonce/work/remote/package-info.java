/**
 * What all remote sources of work share: addresses, calls that can be stopped, the outbox, and the
 * watch for newer work. Uses {@code work}, {@code search} and the JDK.
 */
@NullMarked
package io.goldennonce.work.remote;

import org.jspecify.annotations.NullMarked;
