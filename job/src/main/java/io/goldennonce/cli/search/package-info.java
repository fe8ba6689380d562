/** Commands that search: mine, work, solve. */
@NullMarked
package io.goldennonce.cli.search;

import org.jspecify.annotations.NullMarked;
