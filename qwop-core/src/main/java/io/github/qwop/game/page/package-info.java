/**
 * HtmlUnit as a headless browser for QWOP pages: a general host that serves a page from memory and moves its clock, and
 * the driver that plays the genuine game's script in it.
 */
@NullMarked
package io.github.qwop.game.page;

import org.jspecify.annotations.NullMarked;
