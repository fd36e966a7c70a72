/** Imitation: a policy learned from what others did. */
@NullMarked
package io.github.qwop.learn.imitation;

import org.jspecify.annotations.NullMarked;
