@NullMarked
package io.github.qwop.game.campaign;

import org.jspecify.annotations.NullMarked;
