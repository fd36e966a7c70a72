@NullMarked
package io.github.qwop.model;

import org.jspecify.annotations.NullMarked;
