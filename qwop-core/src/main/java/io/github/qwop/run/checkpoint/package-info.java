/** Checkpoints on disk: zip files with checksums, written whole or not at all. */
@NullMarked
package io.github.qwop.run.checkpoint;

import org.jspecify.annotations.NullMarked;
