@NullMarked
package io.github.qwop.learn.acer;

import org.jspecify.annotations.NullMarked;
