/** Planning on the twin: from a start, keys for the whole way. A prior goes in, runs come out. */
@NullMarked
package io.github.qwop.search;

import org.jspecify.annotations.NullMarked;
