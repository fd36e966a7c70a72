@NullMarked
package io.github.qwop.learn.replay;

import org.jspecify.annotations.NullMarked;
