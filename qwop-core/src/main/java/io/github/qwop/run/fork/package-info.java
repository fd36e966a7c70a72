/** The forked JVM that does a goal's work: what it is asked, how it answers, and how it is started and stopped. */
@NullMarked
package io.github.qwop.run.fork;

import org.jspecify.annotations.NullMarked;
