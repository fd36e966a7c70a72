@NullMarked
package io.github.qwop.env;

import org.jspecify.annotations.NullMarked;
