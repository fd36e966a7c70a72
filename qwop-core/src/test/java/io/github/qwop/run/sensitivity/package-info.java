@NullMarked
package io.github.qwop.run.sensitivity;

import org.jspecify.annotations.NullMarked;
