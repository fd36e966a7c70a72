@NullMarked
package io.github.qwop.run.peers;

import org.jspecify.annotations.NullMarked;
