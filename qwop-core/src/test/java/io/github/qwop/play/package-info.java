@NullMarked
package io.github.qwop.play;

import org.jspecify.annotations.NullMarked;
