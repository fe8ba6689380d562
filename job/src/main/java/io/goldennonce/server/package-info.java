/**
 * The reference work service: the server's side of {@code docs/work-service.yaml}, on the own chain
 * and its pool. Uses {@code pool}, {@code work} and what they are made of, Jackson, and the JDK's
 * web server.
 */
@NullMarked
package io.goldennonce.server;

import org.jspecify.annotations.NullMarked;
