@NullMarked
package io.github.qwop.learn;

import org.jspecify.annotations.NullMarked;
