@NullMarked
package io.github.qwop.maven;

import org.jspecify.annotations.NullMarked;
