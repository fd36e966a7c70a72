/**
 * The open page: the twin compiled to JavaScript by TeaVM, with our own drawing, for any browser. It works offline from
 * one folder. The kernel ({@code kernel.js}, made from {@link WebKernel}), the picture ({@code view.js}), the numbers
 * around it ({@code panel.js}) and the player's clock and keys ({@code page.js}) are apart: the kernel plays without a
 * picture, and the picture shows any state, also that of a game played elsewhere ({@code watch.js}), or of a run that
 * is raced ({@code ghost.js}).
 */
@NullMarked
package io.github.qwop.game.web;

import org.jspecify.annotations.NullMarked;
