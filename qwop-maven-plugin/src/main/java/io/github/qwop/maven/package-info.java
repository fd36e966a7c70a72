/** The goals: POM parameters in, one immutable request for a forked JVM out, and its outcome as Maven's. */
@NullMarked
package io.github.qwop.maven;

import org.jspecify.annotations.NullMarked;
