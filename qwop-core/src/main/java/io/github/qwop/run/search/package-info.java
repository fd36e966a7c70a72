/** The goal {@code search}'s service: what is asked, files of a search, and how it goes on after a stop. */
@NullMarked
package io.github.qwop.run.search;

import org.jspecify.annotations.NullMarked;
