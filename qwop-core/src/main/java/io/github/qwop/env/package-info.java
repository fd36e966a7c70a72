/** The environment: observations, rewards, action sets and episode limits over a game. */
@NullMarked
package io.github.qwop.env;

import org.jspecify.annotations.NullMarked;
