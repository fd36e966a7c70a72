@NullMarked
package io.github.qwop.run.study;

import org.jspecify.annotations.NullMarked;
