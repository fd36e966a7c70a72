@NullMarked
package io.github.qwop.game;

import org.jspecify.annotations.NullMarked;
