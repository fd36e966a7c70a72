/** Trained policies as files hold them. */
@NullMarked
package io.github.qwop.run.policy;

import org.jspecify.annotations.NullMarked;
