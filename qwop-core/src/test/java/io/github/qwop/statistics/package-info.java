@NullMarked
package io.github.qwop.statistics;

import org.jspecify.annotations.NullMarked;
