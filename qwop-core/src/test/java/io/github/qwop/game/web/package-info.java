@NullMarked
package io.github.qwop.game.web;

import org.jspecify.annotations.NullMarked;
