/** What of a search was tried: the ledger, its rows, and the proofs from them. */
@NullMarked
package io.goldennonce.search.ledger;

import org.jspecify.annotations.NullMarked;
