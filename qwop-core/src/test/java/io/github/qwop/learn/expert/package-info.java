@NullMarked
package io.github.qwop.learn.expert;

import org.jspecify.annotations.NullMarked;
