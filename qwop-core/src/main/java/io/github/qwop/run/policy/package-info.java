/** Trained policies as files hold them, and what flies an environment with one. */
@NullMarked
package io.github.qwop.run.policy;

import org.jspecify.annotations.NullMarked;
