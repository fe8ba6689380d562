/** Formats output for people and programs: fields, tables, plans, one-line errors, transcripts. */
@NullMarked
package io.goldennonce.output;

import org.jspecify.annotations.NullMarked;
