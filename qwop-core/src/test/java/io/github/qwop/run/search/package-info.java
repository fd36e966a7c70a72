@NullMarked
package io.github.qwop.run.search;

import org.jspecify.annotations.NullMarked;
