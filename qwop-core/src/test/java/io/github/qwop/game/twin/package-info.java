@NullMarked
package io.github.qwop.game.twin;

import org.jspecify.annotations.NullMarked;
