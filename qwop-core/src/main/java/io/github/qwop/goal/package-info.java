/** The goals by name, and the entry of the JVM that is forked to do one. Everything else lies below. */
@NullMarked
package io.github.qwop.goal;

import org.jspecify.annotations.NullMarked;
