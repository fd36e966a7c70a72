@NullMarked
package io.github.qwop.parallel;

import org.jspecify.annotations.NullMarked;
