@NullMarked
package io.github.qwop.run.replay;

import org.jspecify.annotations.NullMarked;
