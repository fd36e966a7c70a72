@NullMarked
package io.github.qwop.run.policy;

import org.jspecify.annotations.NullMarked;
