@NullMarked
package io.github.qwop.damage;

import org.jspecify.annotations.NullMarked;
