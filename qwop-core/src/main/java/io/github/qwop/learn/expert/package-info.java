/** Expert iteration: a policy that learns what planning from its own states finds better. */
@NullMarked
package io.github.qwop.learn.expert;

import org.jspecify.annotations.NullMarked;
