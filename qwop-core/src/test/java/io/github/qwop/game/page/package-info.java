@NullMarked
package io.github.qwop.game.page;

import org.jspecify.annotations.NullMarked;
