/** Playing recordings again: for pictures, for the browser, and to compare two implementations of the game. */
@NullMarked
package io.github.qwop.run.replay;

import org.jspecify.annotations.NullMarked;
