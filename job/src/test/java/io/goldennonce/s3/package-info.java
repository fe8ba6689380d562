/**
 * A warehouse on S3: an S3 on loopback that the tests start and stop, and a line to it that fails.
 */
@NullMarked
package io.goldennonce.s3;

import org.jspecify.annotations.NullMarked;
