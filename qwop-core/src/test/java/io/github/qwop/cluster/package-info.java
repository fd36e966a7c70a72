@NullMarked
package io.github.qwop.cluster;

import org.jspecify.annotations.NullMarked;
