/**
 * What all sources of work beyond this machine share: addresses, calls that can be stopped, the
 * outbox, the watch for news. Uses {@code work}, {@code search} and the JDK.
 */
@NullMarked
package io.goldennonce.work.remote;

import org.jspecify.annotations.NullMarked;
