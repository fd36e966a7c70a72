@NullMarked
package io.github.qwop.run.checkpoint;

import org.jspecify.annotations.NullMarked;
