/**
 * Takes work from a web service and submits the solutions: the client's side of {@code
 * docs/work-service.yaml}. Uses {@code work}, {@code puzzle} and what they are made of, and
 * Jackson.
 */
@NullMarked
package io.goldennonce.service;

import org.jspecify.annotations.NullMarked;
