/** Playing episodes, and playing recordings again: for figures, pictures, the browser, and to compare two games. */
@NullMarked
package io.github.qwop.play;

import org.jspecify.annotations.NullMarked;
