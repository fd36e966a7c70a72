@NullMarked
package io.github.qwop.model.torch;

import org.jspecify.annotations.NullMarked;
