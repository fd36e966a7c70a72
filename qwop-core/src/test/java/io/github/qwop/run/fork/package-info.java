@NullMarked
package io.github.qwop.run.fork;

import org.jspecify.annotations.NullMarked;
