@NullMarked
package io.github.qwop.learn.imitation;

import org.jspecify.annotations.NullMarked;
