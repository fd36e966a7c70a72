/** Random streams: named, seeded, and saved with a checkpoint. */
@NullMarked
package io.github.qwop.random;

import org.jspecify.annotations.NullMarked;
