@NullMarked
package io.github.qwop.search;

import org.jspecify.annotations.NullMarked;
