/** The game as everything above sees it: reset, hold keys for some updates, read the state. */
@NullMarked
package io.github.qwop.game;

import org.jspecify.annotations.NullMarked;
